window.addEventListener('load', () => {
  const bare = () => ({ components: { Topbar: () => null } })
  window.ui = window.SwaggerUIBundle({
    dom_id: '#swagger-ui',
    url: '/openapi.json',
    layout: 'StandaloneLayout',
    deepLinking: true,
    displayRequestDuration: true,
    persistAuthorization: false,
    validatorUrl: null,
    presets: [window.SwaggerUIBundle.presets.apis, window.SwaggerUIStandalonePreset],
    plugins: [bare],
  })
})
