/* global document */
/**
 * Runs in the browser during `npm run dev`: while the lesson that was saved last has a claim that is false, or another mistake, this page
 * shows what the terminal says.
 */
const STYLE = `position: fixed; inset: auto 1rem 1rem auto; z-index: 100; box-sizing: border-box;
  width: min(44rem, calc(100% - 2rem)); max-height: 40vh; overflow: auto; padding: 1rem;
  background: var(--color-raised); border: 2px solid var(--color-bad); border-radius: 0.5rem`
let notice

import.meta.hot?.on('viva:trial', ({ lesson, isWell, text }) => {
  notice?.remove()
  notice = undefined
  if (!isWell) show(lesson, text)
})
// The page may have been opened, or reloaded, after the trial.
import.meta.hot?.send('viva:latest-trial')

function show(lesson, text) {
  notice = document.createElement('aside')
  notice.setAttribute('role', 'status')
  notice.style.cssText = STYLE
  const heading = document.createElement('strong')
  heading.textContent = `${lesson}: to correct`
  const report = document.createElement('pre')
  report.textContent = text
  report.style.cssText = 'margin: 0.5rem 0; white-space: pre-wrap; overflow-wrap: anywhere'
  const close = document.createElement('button')
  close.type = 'button'
  close.className = 'button'
  close.textContent = 'Close'
  close.onclick = () => notice?.remove()
  notice.append(heading, report, close)
  document.body.append(notice)
}
