import type { StudyQuestion } from '#contract/page.ts'

/** Words that say nothing about a subject. */
const COMMON = new Set(
  (
    'about after also and any are because before but can does doesn don each for from gets has have how into isn its like ' +
    'more most not now one only other own same says should something than that the their them then there these they this ' +
    'through today use used uses what when where which who why will with without would you your'
  ).split(' '),
)
/** A word in the question itself says more about what it asks than one in its long answer. */
const QUESTION_WEIGHT = 3

/**
 * Chooses the follow-up that is closest to the key points that were missed: the one that shares the most words with them, words
 * of its question counting three times. Between equals, and when nothing was missed, the one asked least so far comes first.
 * @param missed key points that were not named
 * @param asked follow-ups of earlier attempts, with repetitions
 * @returns undefined when the question has none
 */
export function chooseFollowUp(
  question: Pick<StudyQuestion, 'question' | 'title' | 'followUps'>,
  missed: readonly string[],
  asked: readonly string[],
): StudyQuestion['followUps'][number] | undefined {
  // What the whole lesson is about tells no follow-up from another.
  const everywhere = wordsOf(`${question.title} ${question.question}`)
  const wanted = [...wordsOf(missed.join(' '))].filter((word) => !everywhere.has(word))
  const score = (followUp: StudyQuestion['followUps'][number]): number => {
    const [inQuestion, inAnswer] = [wordsOf(followUp.question), wordsOf(followUp.answer)]
    return wanted.reduce(
      (sum, word) => sum + (inQuestion.has(word) ? QUESTION_WEIGHT : inAnswer.has(word) ? 1 : 0),
      0,
    )
  }
  const timesAsked = (text: string): number => asked.filter((other) => other === text).length
  const ranked = question.followUps.map((followUp) => ({
    followUp,
    score: score(followUp),
    times: timesAsked(followUp.question),
  }))
  return ranked.sort((a, b) => b.score - a.score || a.times - b.times)[0]?.followUp
}

/** Words of three letters or more, numbers included, in lower case. @param text may be HTML */
function wordsOf(text: string): Set<string> {
  const plain = text.replace(/<[^>]*>/g, ' ').toLowerCase()
  return new Set((plain.match(/[\p{L}\d_]{3,}/gu) ?? []).filter((word) => !COMMON.has(word)))
}
