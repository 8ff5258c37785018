/** What is known of base images by name and tag. */
import { describe, expect, test } from 'vitest';
import { type BaseImageFacts, baseImage } from '../src/knowledge/index.ts';

const split = (reference: string): BaseImageFacts | undefined => {
  const at = reference.lastIndexOf(':');
  return at > reference.lastIndexOf('/')
    ? baseImage(reference.slice(0, at), reference.slice(at + 1))
    : baseImage(reference, undefined);
};

describe('user', () => {
  test.each(
    [
      'node:22 node:22-alpine node alpine:3.20 debian:12-slim ubuntu:24.04 busybox python:3.12-slim golang:1.23 rust:1.80 ruby:3.3',
      'php:8.3-fpm openjdk:17 eclipse-temurin:21-jre amazoncorretto:21 maven:3.9 gradle:8-jdk21 nginx:1.27 httpd:2.4 caddy:2',
      'postgres:16 redis:7 mysql:8 mariadb mongo:7 oven/bun:1 oven/bun:1-distroless denoland/deno:2.0.0 composer:2 haproxy:2.2',
      'gcr.io/distroless/nodejs20-debian12 gcr.io/distroless/static-debian12:latest cgr.dev/chainguard/wolfi-base dhi.io/node:22-dev',
      'mcr.microsoft.com/dotnet/aspnet:8.0 mcr.microsoft.com/dotnet/sdk:9.0 mcr.microsoft.com/playwright:v1.48.0-noble cypress/included:13',
      'registry.access.redhat.com/ubi9/ubi-minimal registry.access.redhat.com/ubi9 fedora:41 rockylinux:9 almalinux:9 amazonlinux:2023',
      'public.ecr.aws/docker/library/node:20 mirror.gcr.io/library/node:20 arm64v8/node:20 bitnami/minideb:bookworm archlinux',
      'gitlab.example.com/group/dependency_proxy/containers/node:20 harbor.example.com/hub/library/python:3.12 nvidia/cuda:12.4.1-base',
      'artifacts.example.com/docker-remote/node:24-alpine docker-remote.artifacts.example.com/python:3.8 nexus.example.com:8443/docker-hub-proxy/nginx:1.29',
      'harbor.example.com/docker.io/node:22 registry.example.com/team/dockerhub/alpine:3.22 dockerhub-remote.example.com/eclipse-temurin:21-jre',
    ].flatMap((row) => row.split(' ')),
  )('%s starts as root', (reference) => expect(split(reference)?.user).toBe('root'));

  test.each(
    [
      'nginxinc/nginx-unprivileged:1.27 gcr.io/distroless/nodejs20-debian12:nonroot gcr.io/distroless/static:debug-nonroot',
      'gcr.io/distroless/base-debian12:nonroot-amd64 registry.access.redhat.com/ubi9/nodejs-20 cgr.dev/chainguard/node:latest',
      'cgr.dev/acme.io/python:3.12 dhi.io/node:22 bitnami/redis:7 mcr.microsoft.com/dotnet/aspnet:8.0-jammy-chiseled haproxy:2.9',
      'jenkins/jenkins:lts grafana/grafana:11.0.0 quay.io/jupyter/base-notebook ghcr.io/puppeteer/puppeteer:23 circleci/node:16 cimg/node:20.9',
      'memcached:1.6 kong:3.9 docker:27-dind-rootless mambaorg/micromamba:1.5',
    ].flatMap((row) => row.split(' ')),
  )('%s starts as somebody else', (reference) => expect(split(reference)?.user).toBe('non-root'));

  test.each([
    'bitnami/node:20',
    'cgr.dev/chainguard/go',
    'docker:27-dind',
    'public.ecr.aws/lambda/nodejs:20',
    'mcr.microsoft.com/devcontainers/javascript-node:22',
  ])('%s: no claim', (reference) => expect(split(reference)?.user).toBe('unknown'));

  test.each([
    'acme/base:1',
    'registry.example.com/team/node:20',
    'registry.example.com/docker/node:20',
    'registry.example.com/our-docker-remote/node:20',
    'docker.example.com/node:20',
    'docker-remote/node:20',
    'registry.example.com/docker-remote/team/node:20',
    'nodejs',
    'node-exporter',
    'my/debian',
    '',
    '__proto__',
    'constructor',
    'openfaas/of-watchdog',
  ])('%j is not known', (reference) => expect(split(reference)).toBeUndefined());
});

describe('what comes with it', () => {
  test.each<[string, Partial<BaseImageFacts>]>([
    ['node:22-alpine3.20', { libc: 'musl', suggestedUser: 'node', nodeMajor: 22, os: 'linux', shell: true }],
    ['node:22-bookworm-slim', { libc: 'glibc', nodeMajor: 22 }],
    ['alpine:3.20', { libc: 'musl' }],
    ['gcr.io/distroless/nodejs22-debian12', { libc: 'glibc', shell: false, nodeMajor: 22, tools: ['node'] }],
    ['gcr.io/distroless/static-debian12:debug', { libc: 'none', shell: true }],
    ['gcr.io/distroless/nodejs20-debian12:nonroot', { workdir: '/home/nonroot', userName: '65532' }],
    ['registry.access.redhat.com/ubi9/nodejs-20:1', { nodeMajor: 20, workdir: '/opt/app-root/src' }],
    ['oven/bun:1.2-alpine', { libc: 'musl', suggestedUser: 'bun', workdir: '/home/bun/app' }],
    ['oven/bun:1-distroless', { shell: false }],
    ['nginx:1.27-alpine', { server: 'nginx', libc: 'musl' }],
    ['php:8.3-apache', { server: 'httpd' }],
    ['php:8.3-fpm-alpine', { server: 'php-fpm', libc: 'musl' }],
    ['postgres:16-alpine', { dropsPrivileges: true, libc: 'musl' }],
    ['golang:1.23', { workdir: '/go' }],
    ['mcr.microsoft.com/dotnet/aspnet:8.0-alpine', { suggestedUser: 'app', libc: 'musl' }],
    ['mcr.microsoft.com/dotnet/aspnet:8.0-noble-chiseled', { shell: false }],
    ['mcr.microsoft.com/dotnet/framework/aspnet:4.8', { os: 'windows' }],
    ['mcr.microsoft.com/windows/nanoserver:ltsc2022', { os: 'windows', shell: false }],
    ['mcr.microsoft.com/dotnet/sdk:8.0-nanoserver-ltsc2022', { os: 'windows' }],
    ['openjdk:21-windowsservercore-ltsc2022', { os: 'windows' }],
    ['mcr.microsoft.com/playwright:v1.48.0-jammy', { os: 'linux' }],
    ['cgr.dev/chainguard/node:latest', { shell: true }],
    ['cgr.dev/chainguard/python:latest', { shell: false }],
    ['cgr.dev/chainguard/python:latest-dev', { shell: true }],
  ])('%s', (reference, expected) => expect(split(reference)).toMatchObject(expected));

  test('corepack comes with Node.js up to 24', () => {
    expect(split('node:24-slim')?.tools).toContain('corepack');
    expect(split('node:25-slim')?.tools).not.toContain('corepack');
  });

  test('variables that instructions below may expand', () => {
    expect(split('mcr.microsoft.com/dotnet/aspnet:8.0')?.env['APP_UID']).toBe('1654');
    expect(split('public.ecr.aws/lambda/nodejs:20')?.env['LAMBDA_TASK_ROOT']).toBe('/var/task');
    expect(split('quay.io/jupyter/scipy-notebook')?.env['NB_UID']).toBe('1000');
    expect(split('gcr.io/google_appengine/nodejs')?.env['NODE_ENV']).toBe('production');
    expect(Object.keys(split('node:22')?.env ?? {})).toEqual(
      expect.arrayContaining(['PATH', 'NODE_VERSION', 'YARN_VERSION']),
    );
    expect(split('node:22')?.env['NODE_VERSION']).toBeUndefined();
  });
});
