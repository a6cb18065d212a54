export class BuildLock {
  constructor(file: string)
  take(): Promise<boolean>
  holder(): Promise<number | undefined>
  release(): Promise<void>
}
