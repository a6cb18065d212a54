/** The function that an attack would call; the page defines it, and each call is recorded. */
const CALLS = [
  'ran(1)',
  'ran`1`',
  'self.ran(1)',
  "window['ran'](1)",
  'parent.ran(1)',
  '(0,ran)(1)',
  'ran.call(0,1)',
  'top.ran(1)',
]

/** Contexts in which markup could run; `X` stands for the call. */
const PLACES = [
  ...['<script>X</script>', '"><script>X</script>', "'><script>X</script>", '</textarea><script>X</script>'],
  ...['</title><script>X</script>', '--><script>X</script>', ']]><script>X</script>', '<ScRiPt>X</sCrIpT>'],
  ...[
    '<img src=x onerror=X>',
    '"><img src=x onerror="X">',
    '<svg onload=X>',
    '<svg/onload=X>',
    '<body onload=X>',
  ],
  ...['<details open ontoggle=X>', '<input autofocus onfocus=X>', '<iframe srcdoc="<script>X</script>">'],
  ...[
    '<a href="javascript:X">a</a>',
    '[a](javascript:X)',
    'javascript:X',
    '<math><mi xlink:href="javascript:X">',
  ],
  ...[
    '{{X}}',
    '{{constructor.constructor("X")()}}',
    '${X}',
    '<p v-html="X" :onclick="X">',
    '&lt;script&gt;X&lt;/script&gt;',
  ],
]

/** 200 texts, each with the call in markup, a template or a URL. */
export const PAYLOADS: readonly string[] = PLACES.flatMap((place) =>
  CALLS.map((call) => place.replaceAll('X', () => call)),
)
