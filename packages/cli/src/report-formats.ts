/** What `rehearse test` can print. The files of the report are written all the same. */
export const reportFormats = ["terminal", "json", "markdown", "junit", "html"] as const;

export type ReportFormat = (typeof reportFormats)[number];
