import { randomUUID } from 'node:crypto'
import { newKey, RoomClient } from '../server/interview/testing/room-client.ts'
import { listen } from './support/announcements.ts'
import { newVisitor } from './support/interview.ts'
import { open } from './support/page.ts'
import { expect, test } from './support/test.ts'

test('an interview by ear and by keys: each event is announced once, and the focus is never lost', async ({
  page: host,
  browser,
  baseURL,
}) => {
  const room = new RoomClient(baseURL ?? '')
  await room.create()
  await room.addRoom()
  const jon = { id: randomUUID(), key: newKey() }
  await room.interview({ type: 'add-interviewer', interviewer: jon.id, name: 'Jon', key: jon.key })
  const candidate = await newVisitor(browser, baseURL)
  const [hostEars, candidateEars] = [await listen(host), await listen(candidate)]
  /** Waits until a side has announced exactly these, in any order. */
  async function announced(ears: typeof hostEars, ...sentences: string[]): Promise<void> {
    const all: string[] = []
    await expect
      .poll(async () => {
        all.push(...(await ears.take()))
        return all.join(' ')
      })
      .toContain(sentences.at(-1))
    const text = all.join(' ')
    expect(sentences.filter((sentence) => text.split(sentence).length !== 2)).toEqual([])
    expect(text.length).toBe(sentences.join(' ').length)
  }
  /** What asks for confirmation is opened with a key, left with Escape, opened again with Enter and confirmed. */
  async function confirmOnSecondThought(
    key: string,
    { button, refusal }: { button: string; refusal: string },
  ): Promise<void> {
    await host.keyboard.press(key)
    await expect.poll(hostEars.focus).toBe(refusal)
    await host.keyboard.press('Escape')
    await expect.poll(hostEars.focus).toBe(button)
    await host.keyboard.press('Enter')
    await expect.poll(hostEars.focus).toBe(refusal)
    await host.keyboard.press('Tab')
    await expect.poll(hostEars.focus).not.toBe(refusal)
    await host.keyboard.press('Enter')
  }

  await test.step('opening and joining', async () => {
    await open(host, `/interview/${room.id}#key=${room.key}`)
    await host.getByRole('link', { name: 'Open the room' }).focus()
    await host.keyboard.press('Enter')
    await expect.poll(hostEars.focus).toBe('Friday')
    await open(candidate, `/join/${room.code}`)
    await candidate.getByLabel(/Your name/).pressSequentially('Cleo')
    await candidate.getByLabel(/I have read/).check()
    await candidate.keyboard.press('Enter')
    await expect.poll(candidateEars.focus).toBe('Welcome, Cleo')
    await announced(hostEars, 'Cleo has joined.')
    await candidateEars.take()
  })

  await test.step('a question; typing is silent on both sides', async () => {
    await host.keyboard.press('n')
    await announced(hostEars, 'Now: question 1 of 2, One.')
    await announced(candidateEars, 'Question 1 of 2: What is One?')
    await expect.poll(candidateEars.focus).toBe('What is One?')
    await candidate.getByLabel('Your answer').click()
    await candidate.keyboard.type('an answer of fifteen words or so, typed key by key')
    await expect(host.getByRole('group', { name: /candidate’s answer/ })).toContainText('key by key')
    await expect(candidate.locator('.saving')).toHaveText('Saved')
    await host.keyboard.press('e')
    await host.keyboard.type('n, p, 1 and s 3 are letters here')
    await host.keyboard.press('Escape')
    await expect.poll(hostEars.focus).toBe('Your scorecard')
    expect([await hostEars.take(), await candidateEars.take()]).toEqual([[], []])
  })

  await test.step('keys that score say what they did; buttons speak for themselves', async () => {
    await host.keyboard.press('2')
    await announced(hostEars, 'Key point 2 ticked: second point')
    await host.keyboard.type('x1')
    await announced(hostEars, 'Red flag 1 ticked: canary-flag-One')
    await host.keyboard.type('s3')
    await announced(hostEars, 'Score 3, solid.')
    await host.getByRole('button', { name: '2 the basics' }).click()
    await expect(host.getByRole('button', { name: '2 the basics' })).toHaveAttribute('aria-pressed', 'true')
    await host.keyboard.type('m')
    await announced(hostEars, 'Moment marked.')
    await host.getByRole('button', { name: /^Remove the moment/ }).focus()
    await host.keyboard.press('Enter')
    await expect.poll(hostEars.focus).toBe('What just happened')
    await host.keyboard.press('Escape')
    expect(await candidateEars.take()).toEqual([])
  })

  await test.step('follow-up, clock, more time', async () => {
    await host.getByRole('button', { name: 'Ask the candidate: And after One?' }).focus()
    await host.keyboard.press('Enter')
    await announced(hostEars, 'Follow-up asked: And after One?')
    await announced(candidateEars, 'Follow-up: And after One?')
    await expect.poll(hostEars.focus).toContain('And after One?')
    await host.keyboard.press('p')
    await announced(hostEars, 'The clock is paused.')
    await announced(candidateEars, 'The clock is paused.')
    await host.keyboard.press('p')
    await announced(hostEars, 'The clock is running again.')
    await announced(candidateEars, 'The clock is running again.')
    await host.keyboard.press('+')
    await announced(hostEars, '1 more min for this question.')
    await announced(candidateEars, 'You have more time for this question.')
  })

  await test.step('several requests are one announcement', async () => {
    const send = candidate.getByRole('button', { name: 'Send', exact: true })
    for (let requests = 1; requests <= 3; requests += 1) {
      await send.click()
      await expect(host.getByRole('heading', { name: `Requests (${requests})` })).toBeVisible()
    }
    await expect
      .poll(async () => (await hostEars.take()).join(' '))
      .toMatch(/new requests?(, the last one|:) GET \/\S*, 200\.$/)
    await candidateEars.take()
  })

  await test.step('the model answer is shown after asking', async () => {
    await confirmOnSecondThought('r', {
      button: 'Show the model answer to the candidate …',
      refusal: 'Not yet',
    })
    await announced(hostEars, 'The candidate sees the model answer.')
    await announced(candidateEars, 'Your interviewer is showing you a model answer.')
    await expect.poll(hostEars.focus).toContain('The candidate has seen the model answer since')
  })

  await test.step('another interviewer leads, and hands back', async () => {
    await host.getByRole('button', { name: 'Pause' }).focus()
    await room.host({ type: 'take-lead' }, jon.key)
    await announced(hostEars, 'Jon is leading now.')
    await expect.poll(hostEars.focus).toBe('Jon is leading.')
    await host.getByRole('checkbox', { name: 'second point' }).focus()
    await room.host({ type: 'go-to', question: 'q2' }, jon.key)
    await announced(hostEars, 'Now: question 2 of 2, Two.')
    await announced(candidateEars, 'Question 2 of 2: What is Two?')
    await expect.poll(hostEars.focus).toBe('What is Two?')
    await expect(host.getByText('Key points (0 of 2)')).toBeVisible()
    await expect(async () => {
      await host.keyboard.press('l')
      await expect(host.getByRole('button', { name: 'Pause' })).toBeVisible({ timeout: 500 })
    }).toPass()
    await announced(hostEars, 'You are leading now.')
  })

  await test.step('the end, and the scorecard', async () => {
    await host.getByRole('button', { name: 'End …' }).focus()
    await confirmOnSecondThought('Enter', { button: 'End …', refusal: 'Cancel' })
    await announced(hostEars, 'The interview is over. Complete your scorecard, then submit it.')
    await announced(candidateEars, 'The interview is over.')
    await expect.poll(hostEars.focus).toBe('The interview is over.')
    await expect.poll(candidateEars.focus).toBe('The interview is over')
    await host.getByRole('button', { name: 'Submit your scorecard' }).focus()
    await host.keyboard.press('Enter')
    await expect.poll(hostEars.focus).toContain('no score')
    await host.getByRole('button', { name: 'Submit anyway' }).focus()
    await host.keyboard.press('Enter')
    await announced(hostEars, 'Your scorecard is submitted.')
    await expect.poll(hostEars.focus).toBe('Report and sharing')
  })
})
