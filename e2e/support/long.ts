/** `LONG=1` asks for the forms whose figures count; `npm test` runs short ones of the same tests. */
export const isLong = process.env.LONG === '1'

export function long<Value>(shortValue: Value, longValue: Value): Value {
  return isLong ? longValue : shortValue
}
