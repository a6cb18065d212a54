/**
 * The options that curl knows. Source: https://curl.se/docs/manpage.html, and the table of curl 7.88, which accepts any
 * unambiguous beginning of a long name.
 */
const WITH_VALUE = `
  abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers config connect-timeout connect-to continue-at cookie
  cookie-jar create-file-mode crlfile curves data data-ascii data-binary data-raw data-urlencode delegation dns-interface
  dns-ipv4-addr dns-ipv6-addr dns-servers doh-url dump-header egd-file engine etag-compare etag-save expect100-timeout form
  form-string ftp-account ftp-alternative-to-user ftp-method ftp-port ftp-ssl-ccc-mode happy-eyeballs-timeout-ms header
  hostpubmd5 hostpubsha256 hsts interface json keepalive-time key key-type krb libcurl limit-rate local-port login-options
  mail-auth mail-from mail-rcpt max-filesize max-redirs max-time netrc-file noproxy oauth2-bearer output output-dir parallel-max
  pass pinnedpubkey preproxy proto proto-default proto-redir proxy proxy-cacert proxy-capath proxy-cert proxy-cert-type
  proxy-ciphers proxy-crlfile proxy-header proxy-key proxy-key-type proxy-pass proxy-pinnedpubkey proxy-service-name
  proxy-tls13-ciphers proxy-tlsauthtype proxy-tlspassword proxy-tlsuser proxy-user proxy1.0 pubkey quote random-file range rate
  referer request request-target resolve retry retry-delay retry-max-time sasl-authzid service-name socks4 socks4a socks5
  socks5-gssapi-service socks5-hostname speed-limit speed-time stderr telnet-option tftp-blksize time-cond tls-max tls13-ciphers
  tlsauthtype tlspassword tlsuser trace trace-ascii unix-socket upload-file url url-query user user-agent write-out`

const ALONE = `
  alpn anyauth append basic buffer cert-status clobber compressed compressed-ssh create-dirs crlf digest disable disable-eprt
  disable-epsv disallow-username-in-url doh-cert-status doh-insecure eprt epsv fail fail-early fail-with-body false-start
  form-escape ftp-create-dirs ftp-pasv ftp-pret ftp-skip-pasv-ip ftp-ssl ftp-ssl-ccc ftp-ssl-control ftp-ssl-reqd get globoff
  haproxy-protocol head help http0.9 http1.0 http1.1 http2 http2-prior-knowledge http3 http3-only ignore-content-length include
  insecure ipv4 ipv6 junk-session-cookies keepalive list-only location location-trusted mail-rcpt-allowfails manual metalink
  negotiate netrc netrc-optional next npn ntlm ntlm-wb parallel parallel-immediate path-as-is post301 post302 post303
  progress-bar progress-meter proxy-anyauth proxy-basic proxy-digest proxy-insecure proxy-negotiate proxy-ntlm
  proxy-ssl-allow-beast proxy-ssl-auto-client-cert proxy-tlsv1 proxytunnel raw remote-header-name remote-name remote-name-all
  remote-time remove-on-error retry-all-errors retry-connrefused sasl-ir sessionid show-error silent socks5-basic socks5-gssapi
  socks5-gssapi-nec ssl ssl-allow-beast ssl-auto-client-cert ssl-no-revoke ssl-reqd ssl-revoke-best-effort sslv2 sslv3
  styled-output suppress-connect-headers tcp-fastopen tcp-nodelay test-event tftp-no-options tlsv1 tlsv1.0 tlsv1.1 tlsv1.2
  tlsv1.3 tr-encoding trace-time use-ascii verbose version xattr`

const names = (list: string) => new Set(list.trim().split(/\s+/))
const withValue = names(WITH_VALUE)
const all = [...withValue, ...names(ALONE)]

/** Short options by their letter. */
const SHORT = new Map(
  Object.entries({
    ...{
      0: 'http1.0',
      1: 'tlsv1',
      2: 'sslv2',
      3: 'sslv3',
      4: 'ipv4',
      6: 'ipv6',
      ':': 'next',
      '#': 'progress-bar',
    },
    ...{
      a: 'append',
      A: 'user-agent',
      b: 'cookie',
      B: 'use-ascii',
      c: 'cookie-jar',
      C: 'continue-at',
      d: 'data',
    },
    ...{ D: 'dump-header', e: 'referer', E: 'cert', f: 'fail', F: 'form', g: 'globoff', G: 'get', h: 'help' },
    ...{
      H: 'header',
      i: 'include',
      I: 'head',
      j: 'junk-session-cookies',
      J: 'remote-header-name',
      k: 'insecure',
    },
    ...{ K: 'config', l: 'list-only', L: 'location', m: 'max-time', M: 'manual', n: 'netrc', N: 'no-buffer' },
    ...{
      o: 'output',
      O: 'remote-name',
      p: 'proxytunnel',
      P: 'ftp-port',
      q: 'disable',
      Q: 'quote',
      r: 'range',
    },
    ...{ R: 'remote-time', s: 'silent', S: 'show-error', t: 'telnet-option', T: 'upload-file', u: 'user' },
    ...{
      U: 'proxy-user',
      v: 'verbose',
      V: 'version',
      w: 'write-out',
      x: 'proxy',
      X: 'request',
      y: 'speed-time',
    },
    ...{ Y: 'speed-limit', z: 'time-cond', Z: 'parallel' },
  }),
)

/** An option by its whole name. `on` is false for `--no-…`. */
export interface OptionName {
  name: string
  takesValue: boolean
  on: boolean
}

/**
 * Finds a long option by its name or an unambiguous beginning of it.
 * @param written without its hyphens
 * @throws SyntaxError for one that curl refuses, or that only a newer curl may know
 */
export function longOption(written: string): OptionName {
  const on = !written.startsWith('no-')
  const asked = on ? written : written.slice(3)
  const found = all.includes(asked) ? [asked] : all.filter((name) => name.startsWith(asked))
  const [name] = found
  if (name === undefined || asked === '') throw new SyntaxError(unknown(written))
  if (found.length > 1)
    throw new SyntaxError(
      `--${written} could mean ${list(found.map((option) => `--${option}`))}. Write it out in full.`,
    )
  const takesValue = withValue.has(name)
  if (takesValue && !on) throw new SyntaxError(`curl has no --${written}: --${name} can't be turned off.`)
  return { name, takesValue, on }
}

/** Finds a short option by its letter. @throws SyntaxError for a letter that curl has no option for */
export function shortOption(letter: string): OptionName {
  const name = SHORT.get(letter)
  if (name === undefined) throw new SyntaxError(`The option -${letter} is unknown here.`)
  return longOption(name)
}

function unknown(written: string): string {
  const [name, value] = written.split('=', 2)
  return value !== undefined && all.includes(name ?? '')
    ? `curl doesn't accept “=” after an option. Put a space between --${name} and its value.`
    : `The option --${written} is unknown here.`
}

function list(options: string[]): string {
  const shown = options.slice(0, 4)
  return options.length > shown.length ? `${shown.join(', ')} and others` : shown.join(' or ')
}
