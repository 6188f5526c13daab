@echo off
rem The one command of Prism on Windows; `prism` beside it is the same for Linux and macOS. Not yet run on Windows.
setlocal
set "PRISM_ROOT=%~dp0"
if "%PRISM_ROOT:~-1%"=="\" set "PRISM_ROOT=%PRISM_ROOT:~0,-1%"
set DOTNET_CLI_TELEMETRY_OPTOUT=1
set DOTNET_NOLOGO=1
set OMP_WAIT_POLICY=passive
set "ARTIFACTS=%PRISM_ROOT%\.artifacts"
set "TOOL=%ARTIFACTS%\bin\PrismLM.Cli\release\prism.dll"
if not exist "%ARTIFACTS%" mkdir "%ARTIFACTS%"

rem ---- the .NET SDK: global.json says which; --version fails when there is none that fits ----
where dotnet >nul 2>nul
if errorlevel 1 goto no_dotnet
pushd "%PRISM_ROOT%"
dotnet --version >nul 2>nul
if errorlevel 1 goto no_sdk
popd

set HELP=0
for %%A in (%*) do if "%%~A"=="--help" set HELP=1
for %%A in (%*) do if "%%~A"=="-h" set HELP=1

rem ---- shaders are compiled before the tool: a stale pack fails the build of everything that embeds it ----
if /i not "%~1"=="shaders" goto build
if "%HELP%"=="1" goto build
if not "%~2"=="" goto surplus
where glslc >nul 2>nul
if errorlevel 1 goto no_vulkan_sdk
where spirv-val >nul 2>nul
if errorlevel 1 goto no_vulkan_sdk
pushd "%PRISM_ROOT%"
dotnet run --project Tools~\KernelPack -c Release
set CODE=%errorlevel%
popd
exit /b %CODE%

:build
if "%PRISM_NO_BUILD%"=="1" goto run
set "WHAT=%PRISM_ROOT%\Tools~\Cli"
if /i "%~1"=="test" if "%HELP%"=="0" set "WHAT=%PRISM_ROOT%\Prism.sln"
if not exist "%TOOL%" echo prism: building the command line tool; the first use takes a few minutes 1>&2
rem An incremental build takes about two seconds when nothing changed.
dotnet build "%WHAT%" -c Release -v quiet --nologo > "%ARTIFACTS%\build.log" 2>&1
if errorlevel 1 goto build_failed

:run
if not exist "%TOOL%" goto not_built
if "%HELP%"=="1" goto start
if /i "%~1"=="test" goto needs
goto start

:needs
rem The suite needs the validation layers and the SPIR-V tools; drivers come with the graphics card.
where spirv-val >nul 2>nul
if errorlevel 1 goto no_vulkan_sdk

:start
dotnet exec "%TOOL%" %*
exit /b %errorlevel%

:no_dotnet
echo prism: the .NET SDK 10 is missing. Install it with: winget install Microsoft.DotNet.SDK.10 1>&2
exit /b 2

:no_sdk
popd
echo prism: dotnet is there, but no SDK that global.json accepts. Install it with: winget install Microsoft.DotNet.SDK.10 1>&2
exit /b 2

:no_vulkan_sdk
echo prism: glslc or spirv-val is missing from PATH. Install the Vulkan SDK with: winget install KhronosGroup.VulkanSDK 1>&2
exit /b 2

:surplus
echo prism shaders: found '%~2'; expected no argument. Hint: prism shaders --help 1>&2
exit /b 2

:not_built
echo prism: the tool is not built: expected %TOOL%; run without PRISM_NO_BUILD 1>&2
exit /b 2

:build_failed
findstr /r /c:"error" "%ARTIFACTS%\build.log" 1>&2
echo prism: the build failed (whole log: .artifacts\build.log) 1>&2
exit /b 1
