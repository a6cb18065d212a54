import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { content } from './vite/content.ts'

export default defineConfig({
  test: {
    globalSetup: ['./vite/workers.ts'],
    projects: [
      {
        plugins: [vue()],
        test: {
          name: 'node',
          environment: 'node',
          include: ['**/*.test.ts'],
          exclude: ['node_modules/**', 'dist/**', 'e2e/**', 'web/**'],
        },
      },
      {
        plugins: [vue(), content()],
        test: {
          name: 'web',
          environment: 'jsdom',
          include: ['web/**/*.test.ts'],
        },
      },
    ],
  },
})
