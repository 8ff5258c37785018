-- What a user does, by the built-in client: reads diagnostics, applies a fix, renames a stage. Run headless by run.
local function fail(what)
  io.stderr:write(what .. '\n')
  for _, each in ipairs(vim.diagnostic.get(0)) do
    io.stderr:write('  ' .. each.message .. '\n')
  end
  io.stderr:write(table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n') .. '\n')
  vim.cmd('cquit 1')
end

local function wait_for(what, condition)
  if not vim.wait(30000, condition, 20) then
    fail('not seen: ' .. what)
  end
  print('ok: ' .. what .. '\n')
end

local function text()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
end

local function has_rule(code)
  for _, each in ipairs(vim.diagnostic.get(0)) do
    local found = each.code or (each.user_data and each.user_data.lsp and each.user_data.lsp.code)
    if found == code then
      return true
    end
  end
  return false
end

vim.cmd('edit Dockerfile')
wait_for('diagnostics appear', function()
  return has_rule('unnamed-stage') and has_rule('root-user')
end)

-- The menu of actions, answered as a user would.
vim.ui.select = function(items, options, choose)
  for index, item in ipairs(items) do
    local shown = options.format_item and options.format_item(item) or tostring(item)
    if shown:find('^Name the stage') then
      return choose(item, index)
    end
  end
  fail('no such action among ' .. #items)
end
vim.api.nvim_win_set_cursor(0, { 1, 0 })
vim.lsp.buf.code_action()
wait_for('a fix is applied', function()
  return text():find('FROM node:22%-alpine AS %w+\n') ~= nil and text():find('--from=0', 1, true) == nil
end)
wait_for('its diagnostic is gone', function()
  return not has_rule('unnamed-stage') and has_rule('root-user')
end)

local column = vim.api.nvim_buf_get_lines(0, 0, 1, false)[1]:find('AS %w') + 3
vim.api.nvim_win_set_cursor(0, { 1, column })
vim.lsp.buf.rename('assets')
wait_for('a rename works', function()
  return text():find('AS assets\n', 1, true) ~= nil and text():find('--from=assets ', 1, true) ~= nil
end)

vim.lsp.buf.hover()
wait_for('hover opens', function()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= '' then
      local lines = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false)
      return table.concat(lines, '\n'):find('assets', 1, true) ~= nil
    end
  end
  return false
end)
vim.cmd('qall!')
