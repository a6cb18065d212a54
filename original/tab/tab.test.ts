import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { OriginalAnswer } from '#contract/original-tab/engine.ts'
import { factObstacle } from '#contract/original-tab/facts.ts'
import { loadDeck } from '../../deck/load.ts'
import { LessonClient } from '../../deck/testing/lesson-client.ts'
import { factsOf } from '../facts/record-facts.ts'
import { recordedOutput } from '../facts/run-facts.ts'
import { leaveOut } from '../../scripts/leave-out.mjs'
import { differences } from '../replay/differences.ts'
import { RecordedScenario, RECORDING_SECRET, type Target } from '../replay/recording.ts'
import { runScenario } from '../replay/run-scenario.ts'
import { ensureBundle } from './bundle/publish.ts'
import { NoWheels } from './bundle/wheels.ts'
import type { Engine } from './engine.ts'
import { projectFiles } from './files.ts'
import { startInNode } from './node.ts'
import { rememberedHashes } from './testing/remembered-hashes.ts'
import { serveEngine } from './testing/serve-engine.ts'

// A test that runs on after its limit would disturb all others: they share one Python.
vi.setConfig({ testTimeout: 1_200_000 })

const RECORDING = join(import.meta.dirname, '..', 'recording')
const NO_SCENARIOS = ['inside.json', 'versions.json']

/** Answers that depend on the version of Python: the recording has 3.11, the tab 3.14. */
const OTHER_PYTHON = new Set([
  // `json` names the place of the comma now, and not of what follows it.
  'a comma at the end of an object',
  'a comma at the end of a list',
  // Its reader goes deeper.
  '3,000 deep',
])

const bundle = await ensureBundle().catch((error: unknown) => {
  if (!(error instanceof NoWheels)) throw error
  leaveOut(`The original in WebAssembly wasn't asked: ${error.message}`)
  return undefined
})

test('whether the original could be asked is known', () => {
  expect(bundle === undefined || bundle.name).toBeTruthy()
})

describe.skipIf(bundle === undefined)('the original under Node', () => {
  let engine: Engine
  let own: Readonly<Record<string, string>>
  // Each start would hash the seeded passwords again. Facts do: one of them shows how long that takes.
  const { bcrypt, duringStart, betweenStarts } = rememberedHashes()

  beforeAll(async () => {
    engine = await duringStart(() => startInNode(bundle!.folder, { JWT_SECRET: RECORDING_SECRET }, bcrypt))
    own = await projectFiles()
  })

  const get = (path: string, traceLines = false) =>
    engine.send({ method: 'GET', path, headers: [], body: null }, traceLines)
  const post = (path: string, json: unknown, traceLines = false) => {
    const headers = [['Content-Type', 'application/json'] as const]
    return engine.send({ method: 'POST', path, headers, body: JSON.stringify(json) }, traceLines)
  }
  const person = (fields: object = {}) => ({
    ...{ name: 'Edsger', email: 'edsger@example.com', password: 'shortest-path' },
    ...fields,
  })
  /** The project's files with one text of one file replaced. */
  const edited = (file: string, from: string, to: string) => {
    expect(own[file]).toContain(from)
    return { ...own, [file]: own[file]!.replace(from, to) }
  }
  const start = async (files = own, keepData = false) => {
    const result = await duringStart(() => engine.apply(files, keepData))
    expect(result).toMatchObject({ ok: true })
  }

  test('it answers every recorded request as it did under uvicorn', async () => {
    const origin = 'http://localhost:8000'
    const target: Target = {
      origin,
      reset: async () => void (await engine.reset()),
      send: async ({ method, path, headers, body }) => {
        const sent = { method, path, headers, body: body ? new Uint8Array(body) : null }
        const answer = await engine.send(sent, false)
        return { ...answer, body: Buffer.from(answer.body) }
      },
    }
    // They log in with a few passwords, hundreds of times.
    betweenStarts.isOn = true
    onTestFinished(() => void (betweenStarts.isOn = false))
    const wrong: string[] = []
    let same = 0
    for (const file of readdirSync(RECORDING).filter((name) => !NO_SCENARIOS.includes(name))) {
      const scenario = RecordedScenario.parse(JSON.parse(readFileSync(join(RECORDING, file), 'utf8')))
      const answers = await runScenario(scenario, target)
      for (const [index, { title, answer }] of scenario.requests.entries()) {
        const found = differences(answer, answers[index]!)
        if (found.length === 0) same += 1
        else if (!OTHER_PYTHON.has(title)) wrong.push(`${file}: ${title}: ${found.join('; ')}`)
      }
    }
    expect(wrong).toEqual([])
    expect(same).toBeGreaterThan(900)
    process.stdout.write(`\n${same} recorded answers are the same in WebAssembly\n\n`)
  })

  test('every claim of the lessons holds for it, but for what it has a stand-in for', async () => {
    await start()
    const { origin, close } = await serveEngine(engine)
    const refuted: string[] = []
    let held = 0
    for (const lesson of await loadDeck('content/lessons')) {
      await engine.reset()
      const learner = await LessonClient.open(origin)
      // Bursts show threads, of which there is one here.
      for (const step of lesson.steps.filter(({ burst }) => burst === undefined)) {
        for (const outcome of await learner.run(lesson.steps, step.id)) {
          if (outcome.held) held += 1
          else refuted.push(outcome.claimId)
        }
      }
    }
    await close()
    // FastAPI's own page of documentation loads from another host; the twin's doesn't.
    expect(refuted).toEqual(['no-other-host'])
    expect(held).toBeGreaterThan(160)
  })

  describe('lines', () => {
    let answer: OriginalAnswer
    beforeAll(async () => {
      await start()
      answer = await post('/users/', person(), true)
    })

    test('those of the project that ran, in order, from the outermost middleware in until it is out', () => {
      const calls = answer.lines.filter(({ event }) => event === 'call').map((each) => each.function)
      const named = [
        'SecurityHeadersMiddleware.dispatch',
        'get_db',
        'fits_bcrypt',
        'create_user',
        'hash_password',
      ]
      expect(calls.filter((name) => named.includes(name))).toEqual(named)
      expect(answer.lines[0]).toMatchObject({ file: 'middleware.py', depth: 0 })
      expect(answer.lines.at(-1)).toMatchObject({ file: 'database.py', event: 'return', function: 'get_db' })
      expect(answer.lines.every(({ file }) => file in own)).toBe(true)
      expect(answer.linesLeftOut).toBe(0)
    })

    test('with the variables before each line', () => {
      const { line } = answer.lines.find((each) => each.file === 'routers/users.py' && each.event === 'call')!
      const inside = answer.lines.filter((each) => each.function === 'create_user' && each.line > line)
      expect(inside[0]!.locals.user).toMatch(
        /^UserCreate\(name='Edsger', email='edsger@example\.com', password=•••/,
      )
      expect(inside.at(-1)!.locals.row).toMatch(/^User\(/)
    })

    test('without a password, a hash, a token or an address in memory', async () => {
      const login = await engine.send(
        {
          method: 'POST',
          path: '/login',
          headers: [['Content-Type', 'application/x-www-form-urlencoded']],
          body: 'username=edsger%40example.com&password=shortest-path',
        },
        true,
      )
      const { access_token: token } = JSON.parse(login.text) as { access_token: string }
      const me = await engine.send(
        { method: 'GET', path: '/users/me', headers: [['Authorization', `Bearer ${token}`]], body: null },
        true,
      )
      const wrongToken = await engine.send(
        { method: 'GET', path: '/users/me', headers: [['Authorization', 'Bearer not-a-token']], body: null },
        true,
      )
      for (const { lines, trace } of [answer, login, me, wrongToken]) {
        const shown = JSON.stringify([lines, trace])
        expect(shown).not.toMatch(/shortest-path|SHORTEST|not-a-token|eyJ|0x[0-9a-f]{4}/i)
        expect(shown).not.toMatch(/\$2b\$\d\d\$/)
        expect(shown).not.toContain(RECORDING_SECRET)
      }
      expect([login.status, me.status, wrongToken.status]).toEqual([200, 200, 401])
    })

    test('secrets that are changed on their way stay hidden', async () => {
      const from = '    refuse_guessable(user.password, user.name, user.email)\n'
      const renamed = `    a = user.password\n    b = [a, {"x": a}]\n    c = "is " + a\n    d = hash_password(a)\n    e = f"{d!r}"\n    f = a.encode()\n${from}`
      await start(edited('routers/users.py', from, renamed))
      const { lines, status } = await post('/users/', person(), true)
      expect(status).toBe(201)
      const last = lines.filter((each) => each.function === 'create_user').at(-1)!.locals
      for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) expect(last[name], name).toContain('•••')
      expect(JSON.stringify(lines)).not.toMatch(/shortest|\$2b\$/)
    })

    test('an exception shows where it is raised and every function that it ends', async () => {
      await start()
      const { lines, error, status, output } = await get('/lab/boom', true)
      const way = lines.filter(({ event }) => event === 'raise' || event === 'unwind')
      expect(way.slice(0, 2)).toMatchObject([
        { file: 'routers/lab.py', event: 'raise', value: 'ValueError: nothing handles this' },
        { file: 'routers/lab.py', event: 'unwind' },
      ])
      expect(way.at(-1)).toMatchObject({ function: 'SecurityHeadersMiddleware.dispatch', event: 'unwind' })
      expect(status).toBe(500)
      expect(error).toMatchObject({ type: 'ValueError', place: { file: 'routers/lab.py' } })
      expect(output[0]).toBe('ERROR:    Exception in ASGI application')
    })

    test('of requests that overlap, each has its own', async () => {
      const [one, other] = await Promise.all([
        get('/lab/wait/async?ms=30', true),
        get('/lab/two-calls?ms=10', true),
      ])
      expect(one.lines.some((each) => each.function === 'call_service')).toBe(false)
      expect(other.lines.some((each) => each.function === 'wait_async')).toBe(false)
      expect(
        other.lines.filter((each) => each.function === 'call_service' && each.event === 'call'),
      ).toHaveLength(2)
    })
  })

  describe('an edit', () => {
    test('answers from then on; data stays if it should', async () => {
      await start()
      await post('/users/', person())
      await start(edited('routers/items.py', '"item1"', '"first"'), true)
      expect((await get('/items')).text).toBe('["first","item2"]')
      expect(engine.rows().tables.users!.rows).toHaveLength(4)
      await start(own, false)
      expect((await get('/items')).text).toBe('["item1","item2"]')
      expect(engine.rows().tables.users!.rows).toHaveLength(3)
    })

    test.each([
      [
        'a syntax error',
        'routers/items.py',
        'def get_items()',
        'def get_items(',
        'SyntaxError',
        'routers/items.py',
      ],
      [
        'a name that is missing',
        'models.py',
        'class User(Base)',
        'class User(Bases)',
        'NameError',
        'models.py',
      ],
      [
        'a field that the model lacks',
        'schemas.py',
        '    age: Age | None = None',
        '    age: Age | None = None\n    city: str = ""',
        'TypeError',
        'seed.py',
      ],
      ['no app', 'main.py', 'app = FastAPI(', 'application = app = FastAPI(', null, ''],
      ['an exit', 'main.py', 'import json', 'import json, sys; sys.exit(3)', 'SystemExit', 'main.py'],
    ])('%s: Python’s own error, and the app before answers on', async (_, file, from, to, type, place) => {
      await start()
      await post('/users/', person())
      const result = await engine.apply(edited(file, from, to), false)
      if (type === null) return expect(result.ok).toBe(true)
      expect(result).toMatchObject({ ok: false, error: { type, place: { file: place } } })
      expect(!result.ok && result.error.traceback).not.toMatch(/harness|_pyodide/)
      expect((await get('/items')).text).toBe('["item1","item2"]')
      expect(engine.rows().tables.users!.rows).toHaveLength(4)
      expect((await post('/users/', person({ email: 'b@example.com' }))).status).toBe(201)
    })

    test('resetting seeds the database again and forgets wrong logins', async () => {
      await start()
      await post('/users/', person())
      await engine.reset()
      expect(engine.rows().tables.users!.rows.map(({ name }) => name)).toEqual([
        ...['Ada Lovelace', 'Grace Hopper', 'Alan Turing'],
      ])
      expect(JSON.stringify(engine.rows())).not.toContain('$2b$')
    })

    test('after many, Python has taken no more memory', async () => {
      const run = async (times: number) => {
        for (let index = 0; index < times; index += 1)
          await start(edited('routers/items.py', '"item1"', `"item ${index}"`), true)
      }
      await run(5)
      const before = engine.memoryBytes()
      await run(15)
      expect(engine.memoryBytes()).toBe(before)
    })
  })

  describe('a response of any size', () => {
    const answering = (lines: string, imports = '') =>
      edited(
        'routers/items.py',
        '    return ["item1", "item2"]',
        `    from fastapi import Response\n    from fastapi.responses import StreamingResponse\n    ${imports}\n${lines.replace(/^/gm, '    ')}`,
      )
    const tooMuch = 'A response has at most 5 MB in this tab. This one has more, or never ends.'
    const tooMuchHead =
      'The headers of a response have at most 64 kB in this tab. This one has more, or never ends.'

    test.each([
      ['one body', 'return Response(b"x" * 5_000_001)', tooMuch],
      ['a stream without end', 'return StreamingResponse(iter(lambda: b"x" * 10_000, None))', tooMuch],
      [
        'a stream without end that waits',
        'async def forever():\n    import asyncio\n    while True:\n        await asyncio.sleep(0)\n        yield "x" * 50_000\nreturn StreamingResponse(forever())',
        tooMuch,
      ],
      [
        'many headers',
        'return Response("", headers={f"x-{number}": "x" * 100 for number in range(1_000)})',
        tooMuchHead,
      ],
    ])('is a 500 that says why beyond the limit: %s', async (_, lines, message) => {
      await start(answering(lines))
      const answer = await get('/items')
      expect(answer).toMatchObject({
        ...{ status: 500, text: 'Internal Server Error' },
        error: { type: 'ResponseTooLarge', message },
      })
      expect(answer.error?.traceback).not.toMatch(/harness|_pyodide/)
      expect(answer.output.join('\n')).toContain('ResponseTooLarge')
      expect((await get('/users/1')).status).toBe(200)
    })

    test('arrives whole up to the limit, and whatever the app does about the limit changes nothing', async () => {
      await start(answering('return Response(b"x" * 5_000_000)'))
      expect((await get('/items')).body).toHaveLength(5_000_000)
      const swallowing = edited(
        'main.py',
        'app = FastAPI(',
        'class Swallow:\n    def __init__(self, app):\n        self.app = app\n    async def __call__(self, scope, receive, send):\n        async def kept(message):\n            try:\n                await send(message)\n            except Exception:\n                pass\n        await self.app(scope, receive, kept)\n\n\napp = FastAPI(',
      )
      const files = {
        ...answering('return StreamingResponse([b"x" * 1_000_000] * 9)'),
        'main.py': swallowing['main.py']!.replace(
          'app.add_middleware(AccessLogMiddleware)',
          'app.add_middleware(AccessLogMiddleware)\napp.add_middleware(Swallow)',
        ),
      }
      await start(files)
      expect(await get('/items')).toMatchObject({ status: 500, error: { message: tooMuch } })
    })

    test('an exception that says too much, or can’t be written, is shown in part', async () => {
      await start(answering('raise ValueError("x" * 3_000_000)'))
      const large = await get('/items')
      expect(large.error?.message).toMatch(/x\n… cut after 10,000 characters\n$/)
      expect(JSON.stringify(large).length).toBeLessThan(600_000)
      const broken = 'class Odd(Exception):\n    def __str__(self):\n        raise TypeError\nraise Odd()'
      await start(answering(broken))
      expect((await get('/items')).error?.message).toBe('<exception str() failed>')
    })
  })

  test('Python has no way to JavaScript', async () => {
    const code = [
      'for way in ("import js", "import pyodide_js", "from pyodide.code import run_js; run_js(\'1\')"):',
      '    try:',
      '        exec(way)',
      '        print("open:", way)',
      '    except ImportError:',
      '        print("closed")',
    ].join('\n')
    expect(engine.runFact(code)).toEqual({ output: 'closed\nclosed\nclosed\n', error: null })
  })

  test('every fact that can run in a tab prints what was recorded, and the app logs on', async () => {
    await start()
    const facts = (await factsOf('content/lessons')).filter((fact) => factObstacle(fact) === null)
    const wrong: string[] = []
    for (const { file, code } of facts) {
      const { output, error } = engine.runFact(code)
      if (output !== (await recordedOutput(file))) wrong.push(`${file}: ${error?.traceback ?? output}`)
    }
    expect(wrong).toEqual([])
    expect(facts.length).toBeGreaterThan(150)
    expect((await get('/items')).output).toEqual(['INFO:     GET /items 200'])
  })

  test('a fact runs beside the app: its own database, its output alone', async () => {
    await start()
    const code = [
      'import asyncio, sys, database',
      'from main import app',
      'from fastapi.testclient import TestClient',
      'print(database.DATABASE_URL)',
      'print("to stderr", file=sys.stderr)',
      'with TestClient(app) as client:',
      '    print(len(client.get("/users/").json()))',
      'print(asyncio.run(asyncio.sleep(0, "done")))',
    ].join('\n')
    expect(engine.runFact(code)).toEqual({ output: 'sqlite://\n3\ndone\n', error: null })
    const failing = engine.runFact('print(1)\nraise ValueError("why")')
    expect(failing).toMatchObject({ output: '1\n', error: { type: 'ValueError', message: 'why' } })
    expect((await get('/users/1')).status).toBe(200)
  })

  test.each([
    ['what it raises itself', 'print(1)\n\nraise ValueError("why")', 'ValueError', 3],
    ['what a function raises', 'def inner():\n    return {}["no"]\n\n\ninner()', 'KeyError', 2],
    ['what a library raises', 'from pydantic import BaseModel\nBaseModel.model_validate(1)', null, 2],
    ['what the project raises', 'import auth\n\nauth.hash_password(None)', null, 3],
    ['code that isn’t Python', 'print(1)\nprint(\n', 'SyntaxError', 2],
  ])('a fact’s error names the line of the script and quotes it: %s', (_, code, type, line) => {
    const { error } = engine.runFact(code)
    expect(error?.place).toEqual({ file: 'fact.py', line })
    if (type) expect(error?.type).toBe(type)
    expect(error?.traceback).toContain(`File "fact.py", line ${line}`)
    expect(error?.traceback).toContain(code.split('\n')[line - 1]?.trim())
    expect(error?.traceback).not.toMatch(/harness|_pyodide/)
  })

  test('facts that import the project don’t take more memory each time', () => {
    const run = (times: number) => {
      for (let index = 0; index < times; index += 1) engine.runFact('from main import app')
    }
    run(20)
    const before = engine.memoryBytes()
    run(30)
    expect(engine.memoryBytes()).toBe(before)
  })

  test('what is printed is cut where it gets too long, and until then costs little', () => {
    const { output, error } = engine.runFact('for number in range(30_000):\n    print(number)')
    expect(error).toBeNull()
    expect(output).toMatch(/^0\n1\n2\n/)
    expect(output).toMatch(/… cut after 100,000 characters\n$/)
    expect(output.length).toBeLessThan(100_100)
  })
})
