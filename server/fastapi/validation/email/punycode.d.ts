/** What is used here of https://github.com/mathiasbynens/punycode.js. By its file, since `punycode` alone names a deprecated module of Node. */
declare module 'punycode/punycode.js' {
  const punycode: {
    /** @throws {RangeError} when the text is not Punycode */
    decode: (encoded: string) => string
    encode: (text: string) => string
  }
  export default punycode
}
