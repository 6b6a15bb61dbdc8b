import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestProject } from 'vitest/node'
import { answer, completionOf, issue } from '../judge/scripted-server.ts'
import './cases.ts'

/**
 * An OpenAI-like endpoint on a real socket for the worker to ask. What it answers goes by the model's name; GET gives what it was sent
 * and forgets it.
 */
export default async function provideModel(project: TestProject): Promise<() => Promise<void>> {
  let heard: string[] = []
  const server = createServer(async (incoming, response) => {
    let text = ''
    for await (const chunk of incoming) text += chunk
    const send = (status: number, body: unknown, headers: Record<string, string> = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers })
      response.end(JSON.stringify(body))
    }
    if (incoming.method === 'GET') {
      send(200, heard)
      heard = []
      return
    }
    const { model, messages, response_format: format } = JSON.parse(text)
    const user: string = messages[1].content
    heard.push(user)
    if (model === 'hangs') return
    if (model === 'moved') return send(307, {}, { location: 'http://192.0.2.1/v1/chat/completions' })
    if (model === 'plain' && format) return send(400, { error: { message: 'response_format is not supported' } })
    const isNovelty = user.includes('“content-novelty”检查')
    send(
      200,
      completionOf(isNovelty ? issue('INNO_EMPTY', 'project.content', '创新之处在于把质量数据反馈引入教学') : answer()),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  project.provide('model', `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`)
  return async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}
