@echo off
rem The one command of Prism on Windows; `prism` beside it is the same for Linux and macOS.
setlocal
set "PRISM_ROOT=%~dp0"
if "%PRISM_ROOT:~-1%"=="\" set "PRISM_ROOT=%PRISM_ROOT:~0,-1%"
set DOTNET_CLI_TELEMETRY_OPTOUT=1
set DOTNET_NOLOGO=1
set OMP_WAIT_POLICY=passive
set "TOOL=%PRISM_ROOT%\.artifacts\bin\PrismLM.Cli\release\prism.dll"

where dotnet >nul 2>nul
if errorlevel 1 (
  echo prism: the .NET SDK 10 is missing. Install it with: winget install Microsoft.DotNet.SDK.10 1>&2
  exit /b 2
)

set "WHAT=%PRISM_ROOT%\Tools~\Cli"
if /i "%~1"=="test" set "WHAT=%PRISM_ROOT%\Prism.sln"
if not exist "%PRISM_ROOT%\.artifacts" mkdir "%PRISM_ROOT%\.artifacts"
if not exist "%TOOL%" echo prism: building the command line tool, first use takes a few minutes 1>&2
if not "%PRISM_NO_BUILD%"=="1" (
  rem An incremental build takes about two seconds when nothing changed.
  dotnet build "%WHAT%" -c Release -v quiet --nologo > "%PRISM_ROOT%\.artifacts\build.log" 2>&1
  if errorlevel 1 (
    type "%PRISM_ROOT%\.artifacts\build.log" 1>&2
    echo prism: the build failed 1>&2
    exit /b 1
  )
)
dotnet exec "%TOOL%" %*
exit /b %errorlevel%
