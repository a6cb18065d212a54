import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import type { App } from '../support/app.ts'
import { guarantee, isLong, long } from '../support/guarantees.ts'
import { testApp, testStarter } from '../support/test-app.ts'
import { temporaryFiles, temporaryFolder, unreadable } from './folder.ts'
import { Ledger } from './ledger.ts'
import { strace } from './strace.ts'

const CUTS = long(1, 30)
const SIZE = '64M'

guarantee(
  'An answer of 2xx survives a power cut',
  async (row) => {
    const disk = await Disk.make()
    if (disk === undefined) {
      row.leftOut = 'this user may not mount an image of a disk'
      return
    }
    row.tried = `${CUTS} times all that an ext4 had not written yet forgotten, 16 writers over HTTP`
    const ledger = new Ledger()
    let app = await startOn(disk)
    await ledger.prepare(app)
    let lost = 0
    for (let cut = 1; cut <= CUTS; cut += 1) {
      await writeAndCut(app, disk, ledger)
      app = await startOn(disk)
      const gone = await ledger.lost(app)
      lost += gone.length
      row.figure = `${lost} lost of ${ledger.acknowledged} acknowledged`
      expect(gone, `after cut ${cut}`).toEqual([])
    }
    await app.stop()
    const bad = await unreadable(disk.folder)
    row.figure += `, ${bad.length} unreadable files`
    expect(bad).toEqual([])
    expect(await temporaryFiles(disk.folder)).toEqual([])
    if (isLong) row.figure += await withoutFlushing()
  },
  120_000 + CUTS * 60_000,
)

/** The same with flushing disabled: if the trial didn't detect this loss, it would detect none. @returns the result in words */
async function withoutFlushing(): Promise<string> {
  const disk = await Disk.make()
  if (disk === undefined) return ''
  const ledger = new Ledger()
  const app = await startOn(disk)
  await ledger.prepare(app)
  if ((await strace(app, 'fsync,fdatasync', 'retval=0')) === undefined) return ''
  await writeAndCut(app, disk, ledger)
  const again = await testStarter({ dataDir: disk.folder, env: { RATE_LIMIT: '0' } })
  const gone = await again.listening.then(
    () => ledger.lost(again),
    () => ['the whole folder'],
  )
  expect(gone).not.toEqual([])
  return `; without fsync the same trial lost ${gone.length}`
}

function startOn(disk: Disk): Promise<App> {
  return testApp({ dataDir: disk.folder, env: { RATE_LIMIT: '0' } })
}

async function writeAndCut(app: App, disk: Disk, ledger: Ledger): Promise<void> {
  await ledger.write(app, 16 + Math.floor(Math.random() * 144), () => {
    // From here on nothing is answered: the image now contains what a machine would have after a power cut.
    app.process.kill('SIGSTOP')
    disk.copy()
    void app.kill()
  })
  await app.ended
  disk.exchange()
}

/** A file system in a file. A copy of the file lacks what the kernel has only in memory: it is what a power cut leaves. */
class Disk {
  readonly folder: string
  readonly #image: string
  readonly #copy: string

  private constructor(folder: string, images: string) {
    this.folder = folder
    this.#image = join(images, 'disk')
    this.#copy = join(images, 'copy')
  }

  /** Mounted until the test ends; undefined if that isn't allowed. */
  static async make(): Promise<Disk | undefined> {
    const disk = new Disk(await temporaryFolder(), await temporaryFolder())
    try {
      quietly('truncate', '-s', SIZE, disk.#image)
      quietly('mkfs.ext4', '-q', disk.#image)
      disk.#mount()
    } catch {
      return undefined
    }
    onTestFinished(() => quietly('umount', disk.folder))
    return disk
  }

  copy(): void {
    quietly('cp', '--sparse=always', this.#image, this.#copy)
  }

  /** Continues with the copy. */
  exchange(): void {
    quietly('umount', this.folder)
    quietly('mv', this.#copy, this.#image)
    this.#mount()
  }

  /** Keeps the kernel from writing anything by itself during a test. */
  #mount(): void {
    quietly('mount', '-o', 'loop,commit=300', this.#image, this.folder)
  }
}

function quietly(command: string, ...args: string[]): void {
  execFileSync(command, args, { stdio: 'pipe' })
}
