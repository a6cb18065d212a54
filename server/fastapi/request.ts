import type { ParameterizedContext } from 'koa'

/**
 * What middleware leaves for dependencies and handlers, as `request.state` in Starlette. A project names its own entries:
 * `declare module '../fastapi/request.ts' { interface RequestState { … } }`
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type
export interface RequestState {}

/** Koa's context: `request.get('Authorization')`, `request.state`. */
export type Request = ParameterizedContext<RequestState>
