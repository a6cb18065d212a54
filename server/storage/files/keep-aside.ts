import { codeOf, type Disk } from './disk.ts'

/** Part of the name of a file that was kept aside. */
export const ASIDE_INFIX = '.damaged-'

/** Gives the file a second name, which it keeps when another file takes the first one. @returns that name; undefined without a file */
export async function keepAside(file: string, disk: Disk): Promise<string | undefined> {
  const aside = `${file}${ASIDE_INFIX}${new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '')}`
  try {
    await disk.link(file, aside)
    return aside
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}
