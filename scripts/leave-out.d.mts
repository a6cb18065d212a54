export const LEFT_OUT: string
export function leaveOut(line: string): void
