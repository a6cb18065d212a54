import { basename } from 'node:path'
import { realDisk, type Disk, type OpenFile } from '../files/disk.ts'

type Call = keyof Disk | keyof OpenFile

/** The real file system, which writes down what it was asked and fails where it is told to. */
export class BrokenDisk {
  /** `open file`, `datasync file`, `rename file` …, with the file's name alone. */
  readonly calls: string[] = []
  /** Which calls fail, and with which of the system's codes. */
  readonly faults = new Map<Call, string>()

  readonly disk: Disk = {
    link: (existing, file) => this.#call('link', file, () => realDisk.link(existing, file)),
    mkdir: (folder) => this.#call('mkdir', folder, () => realDisk.mkdir(folder)),
    open: (file, flags, mode) =>
      this.#call('open', file, async () => this.#file(file, await realDisk.open(file, flags, mode))),
    readFile: (file) => this.#call('readFile', file, () => realDisk.readFile(file)),
    readdir: (folder) => this.#call('readdir', folder, () => realDisk.readdir(folder)),
    rename: (from, to) => this.#call('rename', to, () => realDisk.rename(from, to)),
    rmdir: (folder) => this.#call('rmdir', folder, () => realDisk.rmdir(folder)),
    stat: (file) => this.#call('stat', file, () => realDisk.stat(file)),
    unlink: (file) => this.#call('unlink', file, () => realDisk.unlink(file)),
    utimes: (file, accessed, modified) =>
      this.#call('utimes', file, () => realDisk.utimes(file, accessed, modified)),
  }

  count(call: Call): number {
    return this.calls.filter((line) => line.startsWith(`${call} `)).length
  }

  #file(name: string, file: OpenFile): OpenFile {
    return {
      writeFile: (text) =>
        this.#call(
          'writeFile',
          name,
          async () => file.writeFile(text),
          () => file.writeFile(text.slice(0, 100)),
        ),
      truncate: (length) => this.#call('truncate', name, () => file.truncate(length)),
      datasync: () => this.#call('datasync', name, () => file.datasync()),
      sync: () => this.#call('sync', name, () => file.sync()),
      close: async () => {
        await file.close()
        if (this.faults.has('close')) await this.#call('close', name, async () => undefined)
      },
    }
  }

  /** @param halfway what is done nevertheless before the call fails, as when a disk fills up in the middle of a write */
  async #call<T>(call: Call, file: string, run: () => Promise<T>, halfway?: () => Promise<void>): Promise<T> {
    this.calls.push(`${call} ${basename(file)}`)
    const code = this.faults.get(call)
    if (code === undefined) return run()
    await halfway?.()
    throw Object.assign(new Error(`${code}: made to fail`), { code })
  }
}
