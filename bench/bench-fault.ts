/** Something that makes a measurement worthless; the message is all that a person needs. */
export class BenchFault extends Error {
  override name = 'BenchFault'
}
