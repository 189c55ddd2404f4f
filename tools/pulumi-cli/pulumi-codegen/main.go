// Package main runs the engine's own code generators, which its language hosts contain and which are
// public Go modules:
//
//	pulumi-codegen sdk LANGUAGE SCHEMA OUT     writes a package's SDK into the folder OUT
//	pulumi-codegen GeneratePackage LANGUAGE    answers a language host's call: the request on
//	pulumi-codegen GenerateProgram LANGUAGE    standard input, the answer on standard output
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/hashicorp/hcl/v2"
	golang "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/hcl2/syntax"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/pcl"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/proto"
)

const tool = "pulumi-codegen"

type generator struct {
	program func(*pcl.Program) (map[string][]byte, hcl.Diagnostics, error)
	sdk     func(pkg *schema.Package, local bool, loader schema.ReferenceLoader) (map[string][]byte, error)
}

var generators = map[string]generator{
	"go": {golang.GenerateProgram, func(pkg *schema.Package, _ bool, _ schema.ReferenceLoader) (map[string][]byte, error) {
		return golang.GeneratePackage(tool, pkg, nil)
	}},
	"nodejs": {nodejs.GenerateProgram, func(pkg *schema.Package, local bool, loader schema.ReferenceLoader) (map[string][]byte, error) {
		return nodejs.GeneratePackage(tool, pkg, nil, nil, local, loader)
	}},
	"python": {python.GenerateProgram, func(pkg *schema.Package, _ bool, loader schema.ReferenceLoader) (map[string][]byte, error) {
		return python.GeneratePackage(tool, pkg, nil, loader)
	}},
}

// alone stands for a loader of other packages where the schema refers to none.
type alone struct{ schema.ReferenceLoader }

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintf(os.Stderr, "%s: %s\n", tool, err)
		os.Exit(1)
	}
}

func run(arguments []string) error {
	if len(arguments) < 2 {
		return fmt.Errorf("expected a command and a language")
	}
	generator, known := generators[arguments[1]]
	switch {
	case !known:
		return fmt.Errorf("unknown language %q", arguments[1])
	case arguments[0] == "sdk" && len(arguments) == 4:
		text, err := os.ReadFile(arguments[2])
		if err != nil {
			return err
		}
		diagnostics, err := writeSDK(generator, text, arguments[3], false, alone{})
		if err == nil && diagnostics.HasErrors() {
			err = diagnostics
		}
		return err
	case arguments[0] == "GeneratePackage":
		return answer(&pulumirpc.GeneratePackageRequest{}, generator, generatePackage)
	case arguments[0] == "GenerateProgram":
		return answer(&pulumirpc.GenerateProgramRequest{}, generator, generateProgram)
	}
	return fmt.Errorf("unknown command %q", strings.Join(arguments, " "))
}

// answer reads a request from standard input and writes what a call of it returns.
func answer[Request proto.Message, Response proto.Message](
	request Request, generator generator, call func(generator, Request) (Response, error),
) error {
	text, err := io.ReadAll(os.Stdin)
	if err != nil {
		return err
	}
	if err := proto.Unmarshal(text, request); err != nil {
		return err
	}
	response, err := call(generator, request)
	if err != nil {
		return err
	}
	text, err = proto.Marshal(response)
	if err != nil {
		return err
	}
	_, err = os.Stdout.Write(text)
	return err
}

func generatePackage(
	generator generator, request *pulumirpc.GeneratePackageRequest,
) (*pulumirpc.GeneratePackageResponse, error) {
	loader, err := schema.NewLoaderClient(request.LoaderTarget)
	if err != nil {
		return nil, err
	}
	defer loader.Close()
	diagnostics, err := writeSDK(generator, []byte(request.Schema), request.Directory, request.Local, loader)
	if err != nil {
		return nil, err
	}
	return &pulumirpc.GeneratePackageResponse{
		Diagnostics: plugin.HclDiagnosticsToRPCDiagnostics(diagnostics),
	}, nil
}

// writeSDK writes the SDK of a schema. Its form is that of `pulumi package add`: a module or package
// of its own, whose version is the schema's.
func writeSDK(
	generator generator, text []byte, out string, local bool, loader schema.ReferenceLoader,
) (hcl.Diagnostics, error) {
	var spec schema.PackageSpec
	if err := json.Unmarshal(text, &spec); err != nil {
		return nil, err
	}
	pkg, diagnostics, err := schema.BindSpec(spec, loader, schema.ValidationOptions{})
	if err != nil || diagnostics.HasErrors() {
		return diagnostics, err
	}
	pkg.SupportPack = true
	files, err := generator.sdk(pkg, local, loader)
	if err != nil {
		return nil, err
	}
	for name, content := range files {
		path := filepath.Join(out, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return nil, err
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return nil, err
		}
	}
	return diagnostics, nil
}

// generateProgram writes a program in the generator's language: what `pulumi import` suggests.
func generateProgram(
	generator generator, request *pulumirpc.GenerateProgramRequest,
) (*pulumirpc.GenerateProgramResponse, error) {
	loader, err := schema.NewLoaderClient(request.LoaderTarget)
	if err != nil {
		return nil, err
	}
	defer loader.Close()
	parser := syntax.NewParser()
	for name, text := range request.Source {
		if err := parser.ParseFile(strings.NewReader(text), name); err != nil {
			return nil, err
		}
	}
	if parser.Diagnostics.HasErrors() {
		return nil, parser.Diagnostics
	}
	options := []pcl.BindOption{pcl.PreferOutputVersionedInvokes}
	if !request.Strict {
		options = append(options, pcl.NonStrictBindOptions()...)
	}
	program, diagnostics, err := pcl.BindProgram(parser.Files, schema.NewCachedLoader(loader), options...)
	if err != nil {
		return nil, err
	}
	var files map[string][]byte
	if program != nil && !diagnostics.HasErrors() {
		var more hcl.Diagnostics
		if files, more, err = generator.program(program); err != nil {
			return nil, err
		}
		diagnostics = append(diagnostics, more...)
	}
	return &pulumirpc.GenerateProgramResponse{
		Source:      files,
		Diagnostics: plugin.HclDiagnosticsToRPCDiagnostics(diagnostics),
	}, nil
}
