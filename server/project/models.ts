import { integer, string, utcDateTime } from '../sqlalchemy/columns.ts'
import { Base } from './database.ts'

// region models.user
export class User extends Base('users', {
  // Ids of deleted users are never used again.
  id: integer({ primaryKey: true }),
  name: string(50),
  email: string(254, { unique: true, index: true }),
  age: integer({ nullable: true }),
  bio: string(280, { nullable: true }),
  created_at: utcDateTime({ default: () => new Date().toISOString() }),
  hashed_password: string(60),
}) {}
// endregion
