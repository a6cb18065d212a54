import { createRouter, type Router, type RouterHistory } from 'vue-router'
import { pageTitle } from './page/page-title.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** Whose page this is; decides what the header offers. */
    side?: 'interviewer' | 'candidate'
  }
}

/** The pages of the interview room. Links carry keys after `#`, so that no server ever sees one in an address. */
export function createInterviewRouter(history: RouterHistory): Router {
  const router = createRouter({
    history,
    routes: [
      {
        path: '/interview',
        name: 'interviews',
        component: () => import('./dashboard/InterviewsPage.vue'),
        meta: { title: 'Interview room' },
      },
      {
        path: '/interview/new',
        name: 'prepare',
        component: () => import('./prepare/PreparePage.vue'),
        meta: { title: 'Prepare an interview', side: 'interviewer' },
      },
      {
        path: '/interview/:interview',
        component: () => import('./page/WithAccess.vue'),
        meta: { side: 'interviewer' },
        // Each of these pages gets its key as a prop.
        children: [
          {
            path: '',
            name: 'interview',
            component: () => import('./dashboard/InterviewDashboard.vue'),
            meta: { title: 'Interview' },
          },
          {
            path: 'kit',
            name: 'kit',
            component: () => import('./dashboard/InterviewKit.vue'),
            meta: { title: 'Interview kit' },
          },
          {
            path: 'across/:question?',
            name: 'across',
            component: () => import('./across/AcrossPage.vue'),
            meta: { title: 'Score across candidates' },
          },
          {
            path: ':room',
            name: 'host-room',
            component: () => import('./host/HostRoom.vue'),
            meta: { title: 'Live interview' },
          },
          {
            path: ':room/report',
            name: 'report',
            component: () => import('./report/RoomReport.vue'),
            meta: { title: 'Report' },
          },
          {
            path: ':room/debrief',
            name: 'debrief',
            component: () => import('./report/DebriefPage.vue'),
            meta: { title: 'Debrief' },
          },
          {
            path: ':room/replay',
            name: 'replay',
            component: () => import('./replay/SessionReplay.vue'),
            meta: { title: 'Replay' },
          },
        ],
      },
      {
        path: '/join/:code?',
        name: 'join',
        component: () => import('./candidate/JoinPage.vue'),
        meta: { title: 'Join an interview', side: 'candidate' },
      },
      {
        path: '/room/:room',
        name: 'candidate',
        component: () => import('./candidate/CandidatePage.vue'),
        meta: { title: 'Your interview', side: 'candidate' },
      },
      {
        path: '/room/:room/report',
        name: 'candidate-report',
        component: () => import('./candidate/CandidateReportPage.vue'),
        meta: { title: 'Your report', side: 'candidate' },
      },
      {
        path: '/:path(.*)*',
        name: 'missing',
        component: () => import('./page/MissingPage.vue'),
        meta: { title: 'Page not found' },
      },
    ],
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
  })
  router.afterEach((to) => {
    document.title = pageTitle(to.meta.title ?? 'Interview room')
  })
  return router
}
