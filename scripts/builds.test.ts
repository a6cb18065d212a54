import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { buildFolder, newDraft, newestBuild, publishBuild, removeOldBuilds, useBuild } from './builds.mjs'

/** A folder of builds, the first of which is the oldest. */
async function distWith(count: number): Promise<{ dist: string; builds: string[] }> {
  const dist = await mkdtemp(join(tmpdir(), 'viva-builds-'))
  onTestFinished(() => rm(dist, { recursive: true, force: true }))
  const builds: string[] = []
  for (let index = 0; index < count; index += 1) {
    const build = buildFolder(dist, String(index).repeat(64))
    await publishBuild(await newDraft(dist), build)
    const time = new Date(Date.UTC(2026, 0, 1 + index))
    await utimes(build, time, time)
    builds.push(build)
  }
  return { dist, builds }
}

async function buildsIn(dist: string): Promise<string[]> {
  return (await readdir(dist)).sort().map((name) => join(dist, name))
}

/** A process of its own that uses a build, as `npm start` does, until it gets the signal. */
async function user(build: string): Promise<(signal: NodeJS.Signals) => Promise<void>> {
  const module = pathToFileURL(join(import.meta.dirname, 'builds.mjs')).href
  const script = `import(${JSON.stringify(module)}).then(async ({ useBuild }) => {
    await useBuild(${JSON.stringify(build)})
    process.once('SIGTERM', () => process.exit(0))
    setInterval(() => {}, 1000)
    console.log('in use')
  })`
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  const closed = once(child, 'close')
  return async (signal) => {
    child.kill(signal)
    await closed
  }
}

test('a build in use stays, however many newer ones there are; of the others, the newest four stay', async () => {
  const { dist, builds } = await distWith(8)
  const ofTwo = await user(builds[2]!)
  const ofOne = await user(builds[1]!)
  // Using a build makes it the newest.
  for (const build of builds.slice(1, 3)) await utimes(build, new Date(0), new Date(0))
  await removeOldBuilds(dist)
  expect(await buildsIn(dist)).toEqual([builds[1], builds[2], ...builds.slice(4)])
  await ofTwo('SIGTERM')
  await ofOne('SIGKILL')
  await removeOldBuilds(dist)
  expect(await buildsIn(dist)).toEqual(builds.slice(4))
})

test('what an interrupted build left behind is removed; other files in the folder are not', async () => {
  const { dist, builds } = await distWith(1)
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'close')
  await mkdir(join(dist, `.draft-${child.pid}-1`, 'client'), { recursive: true })
  await mkdir(join(dist, 'bench'))
  await writeFile(join(dist, 'notes.txt'), '')
  const mine = await newDraft(dist)
  await removeOldBuilds(dist)
  expect(await buildsIn(dist)).toEqual([mine, builds[0], join(dist, 'bench'), join(dist, 'notes.txt')])
  expect(await newestBuild(dist)).toBe(builds[0])
})

test('a build that exists never changes, not even when a second process made the same one', async () => {
  const { dist, builds } = await distWith(1)
  await writeFile(join(builds[0]!, 'index.js'), 'first')
  const draft = await newDraft(dist)
  await writeFile(join(draft, 'other.js'), 'second')
  await publishBuild(draft, builds[0]!)
  expect(await readdir(builds[0]!)).toEqual(['index.js'])
})

test('a second build in one process imports nothing from the first, whose sources changed meanwhile', async () => {
  const { dist } = await distWith(0)
  const rendered: string[] = []
  for (const text of ['first', 'second']) {
    const draft = await newDraft(dist)
    await writeFile(join(draft, 'entry.mjs'), `export default '${text}'`)
    const url = pathToFileURL(join(draft, 'entry.mjs')).href
    rendered.push(((await import(/* @vite-ignore */ url)) as { default: string }).default)
    await rm(draft, { recursive: true })
  }
  expect(rendered).toEqual(['first', 'second'])
})

test("a folder that can't be written is one line that says what to do", async () => {
  const { dist } = await distWith(0)
  const file = join(dist, 'a-file')
  await writeFile(file, '')
  await expect(newDraft(join(file, 'dist'))).rejects.toThrow(
    /^.* can't be written \(ENOTDIR\): start as the owner.*$/,
  )
})

test('a build is marked as used where this user may write, and only there', async () => {
  const { dist } = await distWith(1)
  const build = (await newestBuild(dist)) ?? ''
  expect(await useBuild(build)).toBe(true)
  const file = join(dist, 'a-file')
  await writeFile(file, '')
  expect(await useBuild(join(file, 'build'))).toBe(false)
})

test('without a build there is no newest one', async () => {
  expect(await newestBuild(join((await distWith(0)).dist, 'none'))).toBeUndefined()
})
