// The server that run.mjs started, as two tenants see it.
export const server = { url: process.env.ACTORS_URL, key: process.env.ACTORS_KEY };
export const otherTenant = { url: process.env.ACTORS_URL, key: process.env.ACTORS_OTHER_KEY };
export const syncWindowMs = Number(process.env.ACTORS_SYNC_WINDOW_MS);
