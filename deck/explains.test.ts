import { expect, test } from 'vitest'
import { lessonExplaining } from '#contract/step-names.ts'
import { loadDeck } from './load.ts'
import { knownNames } from './references.ts'
import { readRegions } from './regions.ts'

/** Every step that a trace can have, by the folder of the lesson that explains it. */
async function explained(folder: string): Promise<Record<string, string[]>> {
  const deck = await loadDeck(folder)
  const { steps } = knownNames(await readRegions(process.cwd()), [])
  const bySlug: Record<string, string[]> = {}
  for (const step of [...steps].sort()) (bySlug[lessonExplaining(step, deck)?.slug ?? ''] ??= []).push(step)
  return bySlug
}

test('every step of a trace links to the lesson that explains it', async () => {
  expect(await explained('content/lessons')).toEqual({
    '01-what-is-fastapi': ['main.app'],
    '02-pydantic-models': [
      'body.parse',
      'request.validation',
      'response.model',
      'schemas.token',
      'schemas.user_create',
      'schemas.user_out',
      'schemas.user_patch',
      'schemas.user_update',
    ],
    '03-sqlalchemy': ['models.user'],
    '04-database-connection': [
      'database.base',
      'database.engine',
      'database.session_local',
      'lab.engine',
      'sandbox.choose',
    ],
    '05-dependency-injection': ['database.get_db'],
    '06-authentication': [
      'auth.limit_logins',
      'auth.login',
      'auth.oauth2_scheme',
      'auth.refuse_guessable',
      'auth.router',
    ],
    '07-password-hashing': ['auth.hash_password', 'auth.verify_password'],
    '08-jwt': ['auth.create_access_token', 'auth.decode_token'],
    '09-creating-tables': ['database.create_all', 'main.lifespan'],
    '10-router-post': ['main.routers', 'users.create_user'],
    '12-errors': [
      'lab.boom',
      'response.send',
      'server.log',
      'users.create_user.insert',
      'users.delete_user',
      'users.get_user',
      'users.list_users',
      'users.patch_user',
      'users.read_me',
      'users.replace_user',
      'users.router',
    ],
    '14-middleware': [
      'main.middleware',
      'middleware.access_log',
      'middleware.cors',
      'middleware.security_headers',
    ],
    '15-depends': ['auth.get_current_user'],
    '16-async': [
      'event_loop.wait',
      'items.get_items',
      'items.router',
      'lab.call_service',
      'lab.two_calls',
      'lab.wait_one_at_a_time',
    ],
    '17-async-or-def': [
      'lab.hold_connection',
      'lab.hold_connection_async',
      'lab.router',
      'lab.wait_async',
      'lab.wait_blocking',
      'lab.wait_threadpool',
      'threadpool.wait',
    ],
    '': ['seed.people'],
  })
})

test('another deck has its own links', async () => {
  const { '': unexplained, ...bySlug } = await explained('deck/testing/second-deck')
  expect(bySlug).toMatchObject({
    'safe-methods': expect.arrayContaining(['request.validation', 'users.create_user']) as string[],
    idempotence: ['users.delete_user'],
    'media-types': ['body.parse'],
  })
  expect(unexplained).toContain('auth.login')
})
