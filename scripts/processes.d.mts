export interface ProcessRecord {
  pid: number
  began: string
}
export function processRecord(pid?: number): ProcessRecord
export function isRunning(record: unknown): boolean
export function isProcess(pid: number): boolean
export function beganAt(pid: number): string
