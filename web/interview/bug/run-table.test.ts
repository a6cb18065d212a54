import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import type { QuestionBug, TabRun } from '#contract/interview/bug.ts'
import RunTable from './RunTable.vue'

const names = ['a/one', 'a/two', 'b/three', 'b/four']
const bug = { steps: [], red: ['b/three'], nearMisses: [] } as unknown as QuestionBug

function runWith(failed: readonly string[]): TabRun {
  return {
    ...{ files: '00000000', error: null },
    claims: names.map((name) => ({ name, held: !failed.includes(name) })),
  }
}

function rows(reported: TabRun | null, own: TabRun | null) {
  const table = mount(RunTable, { props: { bug, reported, own } })
  return table.findAll('tbody tr').map((row) => row.findAll('th, td').map((cell) => cell.text()))
}

test('an interviewer reads first what is false in either run, then the rest, each in the order of the checks', () => {
  expect(rows(runWith(['b/three']), runWith(['a/two']))).toEqual([
    ['a/two', 'holds', 'false'],
    ['b/three', 'false', 'holds'],
    ['a/one', 'holds', 'holds'],
    ['b/four', 'holds', 'holds'],
  ])
  expect(rows(runWith([]), null).map(([name]) => name)).toEqual(names)
})
