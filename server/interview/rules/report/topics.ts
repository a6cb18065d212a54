import type { GivenScore, ReportQuestion, ReportTopic } from '#contract/interview/report.ts'

/** Scores by topic, in the order in which the topics first appear. Topics without a score are left out. */
export function topicsOf(questions: readonly ReportQuestion[]): ReportTopic[] {
  const topics = [...new Set(questions.flatMap((question) => question.topics))]
  return topics
    .map((topic) => topicOf(topic, questions))
    .filter(({ strong, fair, weak }) => {
      return strong.length + fair.length + weak.length > 0
    })
}

function topicOf(topic: string, questions: readonly ReportQuestion[]): ReportTopic {
  const mine = questions.filter(({ topics }) => topics.includes(topic))
  const scores = mine.flatMap(({ key, marks }): GivenScore[] =>
    marks.flatMap(({ interviewer, score }) =>
      score === null ? [] : [{ question: key, interviewer, score }],
    ),
  )
  return {
    topic,
    strong: scores.filter(({ score }) => score >= 3),
    fair: scores.filter(({ score }) => score === 2),
    weak: scores.filter(({ score }) => score <= 1),
    missed: mine.flatMap(missedPoints),
  }
}

/** Key points that none of those who scored the question ticked. */
function missedPoints({ key, keyPoints, marks }: ReportQuestion): ReportTopic['missed'] {
  const scored = marks.filter(({ score }) => score !== null)
  if (scored.length === 0) return []
  return keyPoints
    .map((_, keyPoint) => ({ question: key, keyPoint }))
    .filter(({ keyPoint }) => !scored.some(({ ticks }) => ticks.includes(keyPoint)))
}
