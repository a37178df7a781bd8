/** The name of the container of a service in an environment. */
export const containerName = (environment: string, service: string): string => `rehearse-${environment}-${service}`;
