/** Something that makes a measurement worthless. Its message is shown without a stack. */
export class BenchFault extends Error {
  override name = 'BenchFault'
}
