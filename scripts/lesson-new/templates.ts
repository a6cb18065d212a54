import { stringify } from 'yaml'

/**
 * A `lesson.md` that passes the check as it is; each sentence says what to write in its place.
 * @param checkedWith such as `FastAPI 0.165.0`
 */
export function proseTemplate(title: string, checkedWith: string): string {
  const date = new Date().toISOString().slice(0, 10)
  return `---
title: ${stringify(title).trim()}
question: What would you ask about this in an interview?
level: starter # starter, junior or deeper
minutes: 5
topics: [routing]
keyPoints: # 5 to 8: what a good answer mentions
  - First point of a good answer
  - Second point of a good answer
  - Third point of a good answer
  - Fourth point of a good answer
  - Fifth point of a good answer
checked: { date: ${date}, with: ${checkedWith} }
sources:
  - { title: FastAPI documentation, url: https://fastapi.tiangolo.com/ }
code: # regions of the project, shown beside the text
  - { region: items.get_items, says: The handler returns a list. }
---

## Answer

A handler returns a list, and FastAPI sends it as JSON.

## Why it matters

Say what goes wrong for those who don’t know it.

## Today

Say what is different in the newest version.

## Common mistakes

### A handler has to call json.dumps.

Say why that is wrong.

## Follow-ups

### What would an interviewer ask next?

Answer it in a few sentences.

### And after that?

Answer it, too.
`
}

/** A \`steps.yaml\` with one step whose claim holds. @param schema its path from the file */
export function stepsTemplate(schema: string): string {
  return `# yaml-language-server: $schema=${schema}
steps:
  - id: read-items
    title: Read the items
    note: The handler returns a list of two texts.
    path: /items
    claims:
      - id: list-as-json
        sentence: A handler returns a list, and FastAPI sends it as JSON.
        shows: The list arrives as JSON.
        expect:
          status: 200
          json:
            - { path: '', equals: [item1, item2] }
          trace:
            - { step: items.get_items }
`
}
