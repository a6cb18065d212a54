import { h, type FunctionalComponent } from 'vue'

/** A short text in which words between backticks are code. */
export const RichText: FunctionalComponent<{ text: string }> = ({ text }) =>
  text.split('`').map((piece, index) => (index % 2 === 1 ? h('code', piece) : piece))

RichText.props = ['text']
