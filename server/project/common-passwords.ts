/** Passwords that everyone tries first: the heads of the lists that leaks have made known. */
export const COMMON: ReadonlySet<string> = new Set(
  `
password password1 password12 password123 password1234 password12345 password2 password01 password99
passw0rd p@ssword p@ssw0rd pa55word pa$$word passwort passwords mypassword newpassword thepassword
yourpassword 12345678 123456789 1234567890 12345678910 123123123 12341234 123456123 1234512345 11223344
1122334455 112233445566 111222333 123321123 12344321 123454321 1234554321 87654321 987654321 9876543210
0987654321 01234567 012345678 0123456789 00000000 000000000 0000000000 11111111 111111111 1111111111
22222222 33333333 44444444 55555555 555555555 66666666 77777777 88888888 888888888 99999999 999999999
12121212 13131313 69696969 98765432 19283746 147258369 741852963 789456123 159357456 963852741 14789632
1234abcd abcd1234 abc12345 abc123456 abcdefgh abcdefghi abcdefg1 abcdabcd abc123abc aaaaaaaa a1234567
a12345678 a123456789 a1b2c3d4 aa123456 aa12345678 as123456 asd12345 asd123456 asdasdasd asdfasdf asdfghjk
asdfghjkl asdf1234 qwertyui qwertyuiop qwerty12 qwerty123 qwerty1234 qwerty12345 qwerty123456 qwer1234
qwerasdf qweasdzxc qweqweqwe qwe123456 q1w2e3r4 q1w2e3r4t5 q1w2e3r4t5y6 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y
1qaz2wsx 1qaz2wsx3edc 1qazxsw2 zaq12wsx zaq1zaq1 qazwsxedc qazwsx123 qazxswedc zxcvbnm1 zxcvbnm123 zxcv1234
zxcvasdf qwertzui qwertzuiop azertyui azertyuiop 1234qwer 123qweasd 123qweasdzxc 12qwaszx 123456qwerty
12345qwert 1a2b3c4d iloveyou iloveyou1 iloveyou2 ilovegod ilovehim ilovemyself iloveme1 iloveme2 loveyou1
loveyou2 lovelove loveme123 forever1 sunshine sunshine1 princess princess1 football football1 football12
baseball baseball1 basketball softball volleyball superman superman1 batman123 spiderman ironman1 starwars
starwars1 skywalker pokemon1 pokemon123 minecraft fortnite nintendo playstation liverpool liverpool1
chelsea1 arsenal1 arsenal123 manchester barcelona realmadrid juventus everton1 rangers1 steelers cowboys1
lakers24 yankees1 welcome1 welcome12 welcome123 welcome2 letmein1 letmein123 letmeinn trustno1 whatever
whatever1 changeme changeme1 changeme123 changeit default1 defaultpassword testtest test1234 test12345
testing1 testing123 tester123 testpassword password-test guest123 guestguest admin123 admin1234 admin12345
administrator adminadmin rootroot root1234 toor1234 superuser useruser user1234 user12345 demo1234 demodemo
temp1234 temppass temporary secret123 secret12 secretsecret topsecret opensesame computer computer1 internet
internet1 samsung1 samsung123 motorola blackberry microsoft windows1 facebook facebook1 google123 myspace1
linkedin youtube1 dragon12 dragon123 monkey12 monkey123 shadow12 shadow123 master12 master123 michael1
michelle michelle1 jennifer jennifer1 jessica1 jonathan jordan23 jordan123 charlie1 charlie123 ashley12
andrew12 anthony1 alexander alexandra nicholas nicole12 natalie1 samantha samantha1 stephanie summer2025
winter2025 spring2025 elizabeth1 christopher correcthorsebatterystaple 11235813 31415926 letmein welcome
iloveu 1234567 qwerty1 monkey1 dragon1
`
    .trim()
    .split(/\s+/),
)

/** Without what people change to get past a rule: case, width, marks at either end. */
export function comparable(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^[ \t.,;:!?*#$@&_-]+|[ \t.,;:!?*#$@&_-]+$/g, '')
}

/** Whether the password is one of the most common ones, apart from case and surrounding punctuation. */
export function isCommon(password: string): boolean {
  return COMMON.has(comparable(password))
}
