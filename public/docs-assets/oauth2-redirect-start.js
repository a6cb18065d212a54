// Swagger UI opens this page in a window of its own. Its script throws where no window waits for the result.
if (window.opener?.swaggerUIRedirectOauth2) {
  const script = document.createElement('script')
  script.src = '/docs-assets/swagger-ui/oauth2-redirect.js'
  document.head.append(script)
} else {
  document.querySelector('p').hidden = false
}
