// A whole AT Protocol network on this machine: directory (PLC), personal data server (PDS) and
// app view, as the people who make Bluesky test them. Says its addresses as one line of JSON,
// takes orders from standard input, one a line, and answers each with a line of JSON.
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import readline from 'node:readline'
import { TestNetwork, TestPds, mockNetworkUtilities } from '@atproto/dev-env'

const settings = {
  // the same key after a restart, so that older accounts may still change their handles
  plcRotationKeyK256PrivateKeyHex: randomBytes(32).toString('hex'),
  hostname: 'localhost',
  rateLimitsEnabled: false,
}
const network = await TestNetwork.create({
  plc: {},
  pds: settings,
  bsky: { dbPostgresSchema: 'bsky' },
})

function say(value) {
  process.stdout.write(JSON.stringify(value) + '\n')
}

async function restartPds() {
  const { cfg } = network.pds.ctx
  const { port } = network.pds
  await network.pds.close()
  network.pds = await TestPds.create({
    ...settings,
    port,
    didPlcUrl: network.plc.url,
    bskyAppViewUrl: network.bsky.url,
    bskyAppViewDid: network.bsky.ctx.cfg.serverDid,
    modServiceUrl: cfg.modService.url,
    modServiceDid: cfg.modService.did,
    dataDirectory: path.dirname(cfg.db.accountDbLoc),
    blobstoreDiskLocation: cfg.blobstore.location,
  })
  mockNetworkUtilities(network.pds, network.bsky)
}

const orders = {
  settle: () => network.processAll(20000), // until the app view has seen all that the PDS holds
  'restart pds': restartPds,
}

say({ plc: network.plc.url, pds: network.pds.url, appview: network.bsky.url })
for await (const line of readline.createInterface({ input: process.stdin })) {
  try {
    await orders[line.trim()]()
    say({ done: line.trim() })
  } catch (error) {
    say({ failed: line.trim(), why: String(error) })
  }
}
await network.close().catch(() => {})
process.exit(0)
