/** What we use of ODK Web Forms, which ships no types of its own (0.22.0). */
declare module '@getodk/web-forms' {
  import type { Component, Plugin } from 'vue'

  export interface Payload {
    data: [FormData]
  }
  export const OdkWebForm: Component
  export const webFormsPlugin: Plugin
}
