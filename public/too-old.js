// Loaded by early.js where the other scripts can't run. It is served as it is: nothing younger than ES2017 here.
function sayTooOld() {
  const note = document.createElement('p')
  note.className = 'callout'
  note.dataset.tone = 'warn'
  note.setAttribute('role', 'status')
  note.textContent =
    'This browser is too old for the parts of Viva that you can use, such as the playground and the interview room. ' +
    'They need Safari 15.4 (on an iPad, iPadOS 15.4), Chrome or Edge 109, or Firefox 115. ' +
    'You can read every question and its answer here.'
  document.body.prepend(note)
}
if (document.body) sayTooOld()
else addEventListener('DOMContentLoaded', sayTooOld)
