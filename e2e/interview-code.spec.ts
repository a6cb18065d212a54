import { openAsCandidate, openAsHost, openedRoom, newVisitor } from './support/interview.ts'
import { hasPdfText } from '../scripts/pdf-text.mjs'
import { expect, test, type Page } from './support/test.ts'

const CODE = 'def get(id):\n    return {"id": id}\n    # <img src=x onerror=alert(1)>\n'

/** The code is one block, with its indentation and colours, and what looks like HTML is text. */
async function expectCode(page: Page): Promise<void> {
  const code = page.locator('.written pre').filter({ visible: true })
  await expect(code).toHaveCount(1)
  expect(await code.evaluate((block) => block.textContent)).toBe(CODE)
  await expect(code.locator('.tok-keyword').first()).toHaveText('def')
  expect(await code.evaluate((block) => getComputedStyle(block).fontFamily)).toContain('mono')
  await expect(page.locator('.written')).not.toContainText(['```'])
  await expect(page.locator('img[src="x"]')).toHaveCount(0)
}

test('code in an answer is typed with Tab, read as code everywhere, and printed with its indentation', async ({
  page: host,
  browser,
  baseURL,
}) => {
  const room = await openedRoom(baseURL)
  await room.host({ type: 'go-to', question: 'q1' })
  const candidate = await newVisitor(browser, baseURL)
  await openAsCandidate(candidate, room)
  await openAsHost(host, room)
  const answer = candidate.getByLabel('Your answer')
  const keys = candidate.keyboard
  const typed = (text: string) => expect(answer).toHaveValue(text)

  await test.step('typing', async () => {
    await answer.click()
    await keys.type('Like this:\n```python\ndef get(id):\n')
    await keys.press('Tab')
    await keys.type('retrun')
    await typed('Like this:\n```python\ndef get(id):\n    retrun')
    await keys.press('Shift+Tab')
    await typed('Like this:\n```python\ndef get(id):\nretrun')
    await keys.press('Control+z')
    await typed('Like this:\n```python\ndef get(id):\n    retrun')
    await keys.press('End')
    for (let letter = 0; letter < 6; letter += 1) await keys.press('Backspace')
    await keys.type('return {"id": id}')
    await keys.press('Enter')
    await keys.type('# <img src=x onerror=alert(1)>\n')
    await keys.press('Shift+Tab')
    await keys.type('```\nThat is all.')
    await typed(`Like this:\n\`\`\`python\n${CODE}\`\`\`\nThat is all.`)
  })

  await test.step('leaving', async () => {
    // Behind the block Tab leaves at once; in it, after Escape.
    await keys.press('Shift+Tab')
    await expect(answer).not.toBeFocused()
    await answer.focus()
    for (let line = 0; line < 2; line += 1) await keys.press('ArrowUp')
    await keys.press('Tab')
    await expect(answer).toBeFocused()
    await keys.press('Control+z')
    await typed(`Like this:\n\`\`\`python\n${CODE}\`\`\`\nThat is all.`)
    await keys.press('Escape')
    await keys.press('Tab')
    await expect(answer).not.toBeFocused()
    await typed(`Like this:\n\`\`\`python\n${CODE}\`\`\`\nThat is all.`)
  })

  await test.step('reading', async () => {
    await expect(host.getByRole('group', { name: /candidate’s answer/ })).toContainText('That is all.')
    await expectCode(host)
    await room.host({ type: 'end' })
    await room.host({ type: 'hand-in' })
    const parts = { answers: true, requests: false, times: false, modelAnswers: false, study: [] }
    await room.host({
      type: 'share',
      parts,
      card: { scores: false, keyPoints: false, notes: false, strengths: false },
    })
    await openAsCandidate(candidate, room, '/report')
    await expectCode(candidate)
    await openAsHost(host, room, '/replay')
    await host.getByRole('button', { name: '16×' }).click()
    await host.getByRole('button', { name: 'Play' }).click()
    await expect(host.getByRole('group', { name: 'The answer at this moment' })).toContainText('That is all.')
    await expectCode(host)
    await openAsHost(host, room, '/report')
    await expectCode(host)
  })

  await test.step('on paper', async () => {
    test.skip(!hasPdfText(), 'pdftotext is not installed')
    await host.emulateMedia({ media: 'print' })
    const code = host.locator('.printed .written pre')
    await expect(code).toHaveText(CODE, { useInnerText: true })
    const [first, second] = await code.evaluate((block) => {
      const text = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
      const lefts: Record<string, number> = {}
      while (text.nextNode()) {
        const range = document.createRange()
        range.selectNodeContents(text.currentNode)
        lefts[text.currentNode.textContent ?? ''] = range.getBoundingClientRect().left
      }
      return [lefts.def ?? 0, lefts.return ?? 0]
    })
    expect(second).toBeGreaterThan((first ?? 0) + 8)
  })
})
