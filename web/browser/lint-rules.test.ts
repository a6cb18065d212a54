// @vitest-environment node
import { resolve } from 'node:path'
import { ESLint } from 'eslint'
import { beforeAll, expect, test } from 'vitest'

// What exists on HTTPS and localhost alone, or throws where it is denied, can't slip in past the modules that guard it.

let eslint: ESLint
beforeAll(async () => {
  eslint = new ESLint({ cwd: resolve(import.meta.dirname, '../..') })
  // The first file takes seconds: TypeScript reads the whole project for it.
  await rulesBroken('export {}', '../stores/theme.ts')
})

async function rulesBroken(code: string, file: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: resolve(import.meta.dirname, file) })
  return (result?.messages ?? []).map(({ ruleId, message }) => ruleId ?? message)
}

test.each([
  ['no-restricted-syntax', 'export const id = crypto.randomUUID()'],
  ['no-restricted-syntax', 'export const id = globalThis.crypto.randomUUID()'],
  ['no-restricted-syntax', 'const { randomUUID } = crypto\nexport const id = randomUUID()'],
  ['no-restricted-syntax', 'export const hash = crypto.subtle'],
  ['no-restricted-syntax', 'export const copied = navigator.clipboard'],
  ['no-restricted-syntax', 'export const kept = window.localStorage'],
  ['no-restricted-syntax', 'export const worker = navigator.serviceWorker'],
  ['no-restricted-globals', "export const kept = localStorage.getItem('a')"],
  ['no-restricted-globals', 'export const kept = sessionStorage.length'],
  ['no-restricted-globals', 'export const kept = indexedDB'],
  ['no-restricted-syntax', 'export const sorted = [2, 1].toSorted()'],
  ['no-restricted-syntax', 'export const other = [2, 1].with(0, 3)'],
  ['no-restricted-syntax', "export const isUrl = URL.canParse('a')"],
  ['no-restricted-syntax', 'export const soon = AbortSignal.timeout(10)'],
  ['no-restricted-syntax', 'export const pattern = /(?<!a)b/'],
  ['no-restricted-syntax', 'export const pattern = new RegExp(`(?<=a)${name}`)'],
])('%s: %s', async (rule, code) => {
  expect(await rulesBroken(code, '../stores/theme.ts')).toContain(rule)
  const component = `<script setup lang="ts">\n${code.replaceAll('export ', '')}\n</script>\n<template><p /></template>`
  expect(await rulesBroken(component, '../App.vue')).toContain(rule)
})

test('templates are checked, too', async () => {
  const component = '<template><p @click="navigator.clipboard.writeText(``)" /></template>'
  expect(await rulesBroken(component, '../App.vue')).toContain('vue/no-restricted-syntax')
})

test('what every context has is allowed', async () => {
  const code = 'export const bytes = crypto.getRandomValues(new Uint8Array(1))'
  expect(await rulesBroken(code, '../stores/theme.ts')).toEqual([])
})
