import { stripVTControlCharacters } from 'node:util'

/** What is wrong, without colours of a terminal; without a stack where that is the fault of a deck, whose author has no use for it. */
export function faultText(error) {
  const text = error.name === 'ContentError' ? error.message : (error.stack ?? String(error))
  return stripVTControlCharacters(text)
}

/** A page for a browser, which `transformIndexHtml` gives Vite's client: it reloads as soon as a file changes. */
export function faultPage(error) {
  const text = faultText(error).replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <meta name="color-scheme" content="light dark" />
    <title>Something to correct</title>
  </head>
  <body>
    <main>
      <h1>Something to correct</h1>
      <pre style="white-space: pre-wrap; font-size: 1rem">${text}</pre>
      <p>This page reloads when a file is saved.</p>
    </main>
  </body>
</html>
`
}
