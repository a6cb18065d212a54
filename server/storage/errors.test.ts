import { expect, test } from 'vitest'
import { NewerSchema } from './files/envelope.ts'
import {
  DamagedSandbox,
  DamagedStream,
  DataFolderInUse,
  QuotaExceeded,
  RowGone,
  StorageFull,
  StorageUnavailable,
  StreamMoved,
  UniqueViolation,
} from './errors.ts'

test.each<[Error, string, string]>([
  [new UniqueViolation('users', 'email'), 'UniqueViolation', 'UNIQUE constraint failed: users.email'],
  [new RowGone('users', 7), 'RowGone', 'users has no row 7 any more'],
  [new StreamMoved('room-a'), 'StreamMoved', 'The stream room-a has newer events'],
  [new QuotaExceeded('full'), 'QuotaExceeded', 'full'],
  [new StorageFull('no room'), 'StorageFull', 'no room'],
  [new StorageUnavailable('gone'), 'StorageUnavailable', 'gone'],
  [new DataFolderInUse('taken'), 'DataFolderInUse', 'taken'],
  [new NewerSchema('newer'), 'NewerSchema', 'newer'],
  [
    new DamagedSandbox('/data/ab/abc.json', 'it is empty'),
    'DamagedSandbox',
    '/data/ab/abc.json: it is empty. The file was left unchanged. Stop Viva and run: npm run doctor -- --restore abc',
  ],
  [
    new DamagedSandbox('/data/ab/abc.json', 'it is newer', true),
    'DamagedSandbox',
    '/data/ab/abc.json: it is newer. The file was left unchanged. Start the version that wrote it, or stop Viva and run: ' +
      'npm run doctor -- --restore abc',
  ],
  [
    new DamagedStream('/data/events/ab/room.jsonl', 'its line 3 was changed'),
    'DamagedStream',
    '/data/events/ab/room.jsonl: its line 3 was changed. The file was left unchanged. Stop Viva and run: ' +
      'npm run doctor -- --restore room',
  ],
])('%s has the name of its class, and one line that says what happened', (error, name, message) => {
  expect(error).toMatchObject({ name, message })
  expect(message).not.toContain('\n')
})

test('the error of a damaged sandbox says which file, what is wrong, and whether a newer version wrote it', () => {
  const damaged = new DamagedSandbox('/data/ab/abc.json', 'it is empty')
  expect(damaged).toMatchObject({ file: '/data/ab/abc.json', fault: 'it is empty', newer: false })
  expect(new DamagedStream('/x.jsonl', 'cut')).toMatchObject({ file: '/x.jsonl', fault: 'cut' })
})
