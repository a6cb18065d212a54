import { spawnSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { leaveOut } from '../../scripts/leave-out.mjs'
import { temporaryFolder } from '../storage/testing/temporary.ts'
import { serveViva } from '../testing/serve-viva.ts'

interface Rule {
  alert: string
  expr: string
}

/** The alerts of docs/operating.md, as someone copies them. */
async function alerts(): Promise<Rule[]> {
  const text = await readFile(resolve(import.meta.dirname, '../../docs/operating.md'), 'utf8')
  const block = /```yaml\n(- \{ alert[^]*?)```/.exec(text)?.[1] ?? ''
  return parse(block) as Rule[]
}

test('every alert in docs/operating.md asks for metrics and labels that /metrics has', async () => {
  const app = await serveViva()
  onTestFinished(() => app.close())
  await fetch(`${app.origin}/items`)
  const metrics = await (await fetch(`${app.origin}/metrics`)).text()
  const rules = await alerts()
  expect(rules.length).toBeGreaterThanOrEqual(8)
  for (const { alert, expr } of rules) {
    for (const [name] of expr.matchAll(/\b(viva|nodejs)_\w+/g))
      expect(metrics, alert).toMatch(`# HELP ${name.replace(/_bucket$/, '')} `)
    for (const [, label] of expr.matchAll(/_\w+\{(\w+)[=!]/g)) expect(metrics, alert).toMatch(`${label}="`)
  }
})

if (spawnSync('promtool', ['--version']).status === 0)
  test('promtool accepts the alerts in docs/operating.md', async () => {
    const file = join(await temporaryFolder(), 'viva.yml')
    await writeFile(file, stringify({ groups: [{ name: 'viva', rules: await alerts() }] }))
    const { status, stdout, stderr } = spawnSync('promtool', ['check', 'rules', file], { encoding: 'utf8' })
    expect([status, stdout + stderr]).toEqual([0, expect.stringMatching(/SUCCESS: \d+ rules found/)])
  })
else
  leaveOut(
    "promtool isn't installed: whether Prometheus accepts the alerts of docs/operating.md was not checked.",
  )
