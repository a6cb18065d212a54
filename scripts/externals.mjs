/**
 * Packages that stay outside the server's bundle, because they load files of their own (`koa2-swagger-ui`, `tinypool`, `pino`) or may not
 * be needed at all (`pg`). A release contains them beside the build.
 */
export const EXTERNAL_PACKAGES = ['koa2-swagger-ui', 'pg', 'pino', 'tinypool']
