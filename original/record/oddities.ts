/** Characters that some code may treat differently from a plain letter. */
export const LETTERS = [
  ...'aZ09 ._-+@!"\'<>()[]{},;:\\/%&=#*~^|`$?\t\n\r\0éßİ漢👩',
  ...'\u200d\u0301\u00a0\u200b\ufeff\uff45\u0661\u0663',
  'xn--',
]

/** Numbers, some of which aren't valid JSON. */
export const NUMBERS =
  `0 -0 13 120 12 121 30.0 30.5 3e1 1e400 -1e3 036 1. .5 NaN -Infinity 30.000000000000001 1E-2 5e-324 0.1 1e19
  123456789012345678901234567890 9223372036854775807 9223372036854775808 100000000000000000000.0 1.5e300`.split(
    /\s+/,
  )

/** JSON values, and some that only look like one. */
export const VALUES = [
  ...['null', 'true', 'false', '{}', '[]', '""', '[1, {"a": [null]}]', '{"x": 1.50}', 'undefined', 'True'],
  ...[String.raw`"a\u0041"`, String.raw`"\ud83d\udc69"`, String.raw`"\ud83d"`, String.raw`"\/"`],
]

/** Addresses to start from. */
export const EMAILS = [
  'ada@example.com',
  'new@example.com',
  'x.y+z@sub.example.co.uk',
  'jörg@bücher.de',
  '用户@例え.jp',
  'Ada <ada@example.org>',
  '"a b"@example.com',
  'a@xn--bcher-kva.com',
  'a@[127.0.0.1]',
  'A@EXAMPLE.COM',
  'a@straße.de',
  'a@ΑΣ.gr',
  'a@موقع.com',
  'a@例え。jp',
  'a@ex--ample.com',
  'a@b.local',
]

export const NAMES = [
  'Ada',
  '',
  'n'.repeat(50),
  'n'.repeat(51),
  '👩'.repeat(50),
  'b'.repeat(280),
  'b'.repeat(281),
]

export const PASSWORDS = [
  'good-enough',
  'short',
  'é'.repeat(36),
  'é'.repeat(37),
  'p'.repeat(72),
  'p'.repeat(73),
]

export const CONTENT_TYPES = [
  'application/json; charset=utf-8',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=b',
  'application/ld+json',
  'application/json;',
  'application / json',
  '/json',
  'application/json, text/plain',
  '*/*',
  'application/JSON;x="',
  'multipart/form-data',
  'application/xml+json+',
  'application/json/x',
  ';',
  'application/+json',
]

/** Texts that are integers, or almost. */
export const INTEGERS = [
  ...'1 2 3 4 99 0 -1 +1 01 1.0 1. 1e1 1_0 _1 1__0 0x1 2147483647 2147483648 9223372036854775808'.split(' '),
  ...'- + . 00 -00 0.0 1.0000 1.00_0 1_0.0 +1.0 1.0e0 me NaN inf true'.split(' '),
  ...['', ' 1', '1 ', '- 1', '1\n', '\u00a01', '\uff11', '1'.repeat(30)],
]
