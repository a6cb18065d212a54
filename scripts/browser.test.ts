import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { expect, onTestFinished, test } from 'vitest'
import { browserArguments } from './browser.mjs'

test('everything that Playwright disables in Chromium stays disabled', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'viva-browser-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const executablePath = join(folder, 'chromium')
  await writeFile(executablePath, '#!/bin/sh\nprintf "%s\\n" "$@" > "$0.arguments"\n')
  await chmod(executablePath, 0o755)
  await expect(chromium.launch({ executablePath, args: browserArguments })).rejects.toThrow()

  const lines = (await readFile(`${executablePath}.arguments`, 'utf8')).split('\n')
  const disabled = lines.flatMap((line) => {
    const [, features] = /^--disable-features=(.*)$/.exec(line) ?? []
    return features === undefined ? [] : [features.split(',')]
  })
  const [byPlaywright = [], last = []] = disabled
  expect(disabled).toHaveLength(2)
  expect(byPlaywright).toContain('HttpsUpgrades')
  expect(byPlaywright.filter((feature) => !last.includes(feature))).toEqual([])
})
