/** Asks the camera for a code; its part of the app is fetched when first used, and kept for offline. */
export async function askCamera(title: string): Promise<string | null> {
  const { scan } = await import('../app/scan')
  return scan({ title })
}
