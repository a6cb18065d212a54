// Loaded before the app (node --import). Its time goes on at CLOCK_SPEED, and its wall clock is off by what stands in CLOCK_FILE.
import { readFileSync } from 'node:fs'

const speed = Number(process.env.CLOCK_SPEED)
const RealDate = Date
const realElapsed = performance.now.bind(performance)
const realInterval = setInterval
const began = RealDate.now() - realElapsed()
/** Timers that are shorter than this keep their pace. */
const LONG_MS = 10_000
let offset = 0

function read() {
  const text = readFileSync(process.env.CLOCK_FILE, 'utf8')
  if (text !== '') offset = Number(text)
}

read()
realInterval(read, 10).unref()

performance.now = () => realElapsed() * speed
globalThis.setInterval = (run, ms, ...more) => realInterval(run, ms >= LONG_MS ? ms / speed : ms, ...more)
globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(Date.now())
    else super(...given)
  }

  static now() {
    return Math.floor(began + performance.now() + offset)
  }
}
