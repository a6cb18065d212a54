import { ask, signUp, type Scenario } from './scenario.ts'

export const unicode: Scenario = {
  title: 'Letters of all kinds',
  requests: [
    signUp('accents', { email: 'u1@example.com', name: 'Ørsted Åström-Žižek' }),
    signUp('another script', { email: 'u2@example.com', name: '関孝和', bio: '和算' }),
    signUp('from right to left', { email: 'u3@example.com', name: 'الخوارزمي' }),
    signUp('50 emoji are 50 letters', { email: 'u4@example.com', name: '🧮'.repeat(50) }),
    signUp('51 emoji are 51', { email: 'u5@example.com', name: '🧮'.repeat(51) }),
    signUp('a family is seven', { email: 'u6@example.com', name: '👨‍👩‍👧‍👦', bio: '👨‍👩‍👧‍👦'.repeat(40) }),
    signUp('280 letters, and one more', { email: 'u7@example.com', bio: '👨‍👩‍👧‍👦'.repeat(40) + 'x' }),
    signUp('a letter with its accent apart', { email: 'u8@example.com', name: 'e\u0301' }),
    signUp('a NUL', { email: 'u9@example.com', name: 'nul\u0000nul' }),
    signUp('letters that can’t be seen', { email: 'u10@example.com', name: '\u200b\u202e\u00a0' }),
    signUp('separators of lines', { email: 'u11@example.com', bio: 'a\u2028b\u2029c\r\nd' }),
    signUp('a letter that isn’t one', { email: 'u12@example.com', name: '\ufffe\uffff' }),
    signUp('markup', { email: 'u13@example.com', name: '<b>"Ada" & \'Co\'</b>' }),
    signUp('a password of 18 emoji takes 72 bytes', { email: 'u14@example.com', password: '🧮'.repeat(18) }),
    signUp('one of 19 takes 76', { email: 'u15@example.com', password: '🧮'.repeat(19) }),
    signUp('seven emoji are too short', { email: 'u16@example.com', password: '🧮'.repeat(7) }),
    signUp('an extra field with an emoji for a name', { email: 'u17@example.com', '🧮': '🧮' }),
    ask('all of them', 'GET /users/?limit=100'),
  ],
}
