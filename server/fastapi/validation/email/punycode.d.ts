/** The part of https://github.com/mathiasbynens/punycode.js used here. Imported by its file, as `punycode` alone is a deprecated module of Node. */
declare module 'punycode/punycode.js' {
  const punycode: {
    /** @throws {RangeError} when the text is not Punycode */
    decode: (encoded: string) => string
    encode: (text: string) => string
  }
  export default punycode
}
