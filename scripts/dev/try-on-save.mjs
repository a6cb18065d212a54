import { spawn } from 'node:child_process'
import { relative, sep } from 'node:path'
import { isWithin } from './watched.mjs'

/** Editors write a file in several steps, and people save several files at once. */
const QUIET_MS = 300

/**
 * Tries the claims of a lesson each time one of its files is saved, and prints what came of it. A newer save ends a trial that is running.
 * @param watcher Vite's
 * @param decks folders of lessons
 * @param root the project's folder
 * @param finished called with the lesson's folder, whether all is well, and what was printed
 * @returns ends what is running
 */
export function tryOnSave(watcher, decks, root, finished) {
  let timer
  let running

  function start(deck, lesson) {
    stop()
    const args = ['scripts/content-check.mjs', deck, `--lesson=${lesson}`]
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let printed = ''
    child.stdout.on('data', (chunk) => (printed += chunk))
    child.stderr.on('data', (chunk) => (printed += chunk))
    child.once('close', (code) => {
      if (running !== child) return
      console.log(`\n${printed.trimEnd()}`)
      finished({ lesson, isWell: code === 0, text: printed.trim() })
    })
    running = child
  }

  function stop() {
    clearTimeout(timer)
    const child = running
    running = undefined
    if (child?.exitCode === null) child.kill()
  }

  watcher.on('all', (event, file) => {
    const deck = decks.find((folder) => isWithin(file, folder))
    if (deck === undefined || !['add', 'change'].includes(event)) return
    const [lesson, name] = relative(deck, file).split(sep)
    if (!['lesson.md', 'steps.yaml'].includes(name)) return
    clearTimeout(timer)
    timer = setTimeout(start, QUIET_MS, deck, lesson)
  })
  return stop
}
