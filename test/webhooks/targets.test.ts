import { describe, expect, test } from 'vitest'
import { faultOfTarget, mayConnect, readAllowedTargets } from '../../src/webhooks/targets.ts'

const none = readAllowedTargets(undefined)

describe('where messages may be sent', () => {
  test.each([
    'https://example.org/hook',
    'https://example.org:8443/hook?x=1',
    'https://1.1.1.1/hook',
    'https://[2606:4700:4700::1111]/hook',
  ])('to %s', (url) => {
    expect(faultOfTarget(url, none)).toBeNull()
  })

  test.each([
    ['nothing of the kind', 'not_a_url'],
    ['/hook', 'not_a_url'],
    ['ftp://example.org/hook', 'not_a_url'],
    ['file:///etc/passwd', 'not_a_url'],
    ['http://example.org/hook', 'not_https'],
    ['https://user:secret@example.org/hook', 'has_credentials'],
    ['https://127.0.0.1/hook', 'address_not_public'],
    ['https://2130706433/hook', 'address_not_public'],
    ['https://0x7f.1/hook', 'address_not_public'],
    ['https://0/hook', 'address_not_public'],
    ['https://10.1.2.3/hook', 'address_not_public'],
    ['https://172.16.0.1/hook', 'address_not_public'],
    ['https://192.168.1.1/hook', 'address_not_public'],
    ['https://169.254.169.254/latest/meta-data', 'address_not_public'],
    ['https://100.100.100.200/latest/meta-data', 'address_not_public'],
    ['https://168.63.129.16/', 'address_not_public'],
    ['https://192.0.0.192/', 'address_not_public'],
    ['https://[::1]/hook', 'address_not_public'],
    ['https://[fe80::1]/hook', 'address_not_public'],
    ['https://[fd00:ec2::254]/', 'address_not_public'],
    ['https://[::ffff:127.0.0.1]/hook', 'address_not_public'],
    ['https://[64:ff9b::7f00:1]/hook', 'address_not_public'],
    ['https://[2002:7f00:1::]/hook', 'address_not_public'],
    ['https://[::127.0.0.1]/hook', 'address_not_public'],
    ['https://[64:ff9b:1::a00:1]/hook', 'address_not_public'],
    ['https://224.0.0.1/hook', 'address_not_public'],
    ['https://255.255.255.255/hook', 'address_not_public'],
  ])('not to %s', (url, fault) => {
    expect(faultOfTarget(url, none)).toBe(fault)
  })

  test('a name is judged by the address to which it resolves', () => {
    expect(mayConnect('hook.example.org', '93.184.216.34', none)).toBe(true)
    expect(mayConnect('hook.example.org', '10.0.0.1', none)).toBe(false)
    expect(mayConnect('hook.example.org', '::ffff:10.0.0.1', none)).toBe(false)
    expect(mayConnect('hook.example.org', '2606:2800:220:1::1', none)).toBe(true)
    expect(mayConnect('hook.example.org', '::7f00:1', none)).toBe(false)
  })
})

describe('what the operator allows', () => {
  const allowed = readAllowedTargets('oa.hospital.internal, 10.20.0.0/16 127.0.0.1,fd12::/16, fd99::1')

  test.each([
    'http://oa.hospital.internal/hook',
    'http://OA.hospital.internal.:8080/hook',
    'https://10.20.3.4/hook',
    'http://10.20.3.4/hook',
    'http://127.0.0.1:9000/hook',
    'https://[fd12::1]/hook',
    'http://[fd99::1]/hook',
  ])('%s', (url) => {
    expect(faultOfTarget(url, allowed)).toBeNull()
  })

  test('and nothing beside it', () => {
    expect(faultOfTarget('https://10.21.0.1/hook', allowed)).toBe('address_not_public')
    expect(faultOfTarget('https://127.0.0.2/hook', allowed)).toBe('address_not_public')
    expect(faultOfTarget('http://hospital.internal/hook', allowed)).toBe('not_https')
    expect(mayConnect('other.internal', '10.20.3.4', allowed)).toBe(true)
    expect(mayConnect('other.internal', '10.21.3.4', allowed)).toBe(false)
    expect(mayConnect('oa.hospital.internal', '10.21.3.4', allowed)).toBe(true)
  })

  test.each(['https://a.b', 'a.b/hook', '10.0.0.0/40', 'a b@c', 'a.b:80'])('refuses %s', (text) => {
    expect(() => readAllowedTargets(text)).toThrow()
  })
})
