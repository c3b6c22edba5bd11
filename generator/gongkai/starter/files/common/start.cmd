@echo off
setlocal
cd /d "%~dp0"
set PYTHONUTF8=1
chcp 65001 >nul
where py >nul 2>nul
if not errorlevel 1 (
  py -3 program\start.py %*
  goto done
)
where python >nul 2>nul
if not errorlevel 1 (
  python program\start.py %*
  goto done
)
echo Python 3.11 or newer was not found. See README.md.
set FAILED=9
:done
if not defined FAILED set FAILED=%errorlevel%
if "%~1"=="" pause
exit /b %FAILED%
