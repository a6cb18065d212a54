// Browsers that are too old for the other scripts read this one, which is built in ES2017.
if (!Array.prototype.findLast) {
  const script = document.createElement('script')
  script.src = '/too-old.js'
  document.head.append(script)
}
// Runs before the first paint, so that a page never flashes in the other theme. The rest is in web/stores/theme.ts.
try {
  const theme = JSON.parse(localStorage.getItem('viva:theme') ?? '""')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // Nothing is kept for this site: the system's theme it is.
}
// Sent once, and often before the rest of the page has loaded. The rest is in web/offline/install.ts.
addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault()
  window.vivaInstall = event
})
