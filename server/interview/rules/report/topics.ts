import type { GivenScore, ReportQuestion, ReportTopic } from '#contract/interview/report.ts'

/** Given scores by topic, in the order in which the topics come up. Topics without a score aren't in it. */
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
  const given = mine.flatMap(({ key, marks }): GivenScore[] =>
    marks.flatMap(({ interviewer, score }) =>
      score === null ? [] : [{ question: key, interviewer, score }],
    ),
  )
  return {
    topic,
    strong: given.filter(({ score }) => score >= 3),
    fair: given.filter(({ score }) => score === 2),
    weak: given.filter(({ score }) => score <= 1),
    missed: mine.flatMap(missedPoints),
  }
}

/** Key points that nobody ticked who scored the question. */
function missedPoints({ key, keyPoints, marks }: ReportQuestion): ReportTopic['missed'] {
  const given = marks.filter(({ score }) => score !== null)
  if (given.length === 0) return []
  return keyPoints
    .map((_, keyPoint) => ({ question: key, keyPoint }))
    .filter(({ keyPoint }) => !given.some(({ ticks }) => ticks.includes(keyPoint)))
}
